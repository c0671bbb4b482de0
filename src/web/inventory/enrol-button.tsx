import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { ShieldAddRegular } from '@fluentui/react-icons';
import type { Gate } from '../../contract/gates.ts';
import type { Enrolment } from './use-enrolment.ts';

interface EnrolButtonProps {
  readonly enrolment: Enrolment;
  readonly gate: Gate | null;
}

/** Opens the enrolment. Its window is elsewhere: it outlives this button when the gate comes. */
export function EnrolButton({ enrolment, gate }: EnrolButtonProps) {
  const takesFocusBack = useRestoreFocusTarget();
  const label = gate === null ? 'Enrol gate' : 'Enrol again';
  return (
    <Button
      {...takesFocusBack}
      appearance={gate === null ? 'primary' : 'secondary'}
      icon={<ShieldAddRegular />}
      onClick={enrolment.open}
    >
      {enrolment.state.kind === 'waiting' ? 'Show the command' : label}
    </Button>
  );
}
