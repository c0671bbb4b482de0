import { Text } from '@fluentui/react-components';
import type { SessionPolicy } from '../../domain/session-policy.ts';
import { Fact, Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { policyFieldNames, policyFields, valueText } from './policy-draft.ts';

/** The policy for those who don't change it. */
export function SessionPolicyFacts({ policy }: { policy: SessionPolicy }) {
  return (
    <Panel title="Sessions" narrow>
      <Facts>
        {policyFieldNames.map((name) => (
          <Fact key={name} term={policyFields[name].label}>
            {valueText(name, policy)}
          </Fact>
        ))}
      </Facts>
      <Text>Only an Admin of the portal may change this.</Text>
    </Panel>
  );
}
