import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Gate } from '../../contract/gates.ts';
import { useNow } from '../ui/use-now.ts';
import { gateWarnings } from './gate-words.ts';

/** What somebody should look after at a gate: its clock, its disk, its certificate, its bundle. */
export function GateWarnings({ gate }: { readonly gate: Gate }) {
  const now = useNow();
  return gateWarnings(gate, now).map(({ title, detail }) => (
    <MessageBar key={title} intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {detail}
      </MessageBarBody>
    </MessageBar>
  ));
}
