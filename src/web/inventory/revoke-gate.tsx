import { Button, Text, useRestoreFocusTarget } from '@fluentui/react-components';
import { ShieldDismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { revokeGate, type Gate } from '../../contract/gates.ts';
import type { SensorSummary } from '../../contract/inventory.ts';
import { useChange } from '../api/hooks.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useInventoryStyles } from './inventory-styles.ts';

interface RevokeGateProps {
  readonly sensor: SensorSummary;
  readonly gate: Gate;
}

/** Revokes a gate, after saying what depends on it. */
export function RevokeGate({ sensor, gate }: RevokeGateProps) {
  const styles = useInventoryStyles();
  const [asking, setAsking] = useState(false);
  const takesFocusBack = useRestoreFocusTarget();
  const notify = useNotify();
  const revoke = useChange(revokeGate);
  const close = () => {
    setAsking(false);
    revoke.reset();
  };
  // Not as a callback of the change: the gate is gone by then, and with it what would be called.
  const revokeIt = async () => {
    await revoke.mutateAsync({ params: { sensorId: sensor.id }, query: { gateId: gate.id } });
    setAsking(false);
    notify('success', 'Gate revoked', `${sensor.name} has no gate any more.`);
  };
  // What went wrong is shown in the window.
  const act = () => void revokeIt().catch(() => undefined);
  return (
    <>
      <Button {...takesFocusBack} icon={<ShieldDismissRegular />} onClick={() => setAsking(true)}>
        Revoke gate
      </Button>
      <ConfirmDialog
        open={asking}
        title={`Revoke the gate of ${sensor.name}?`}
        confirm="Revoke gate"
        busy={revoke.isPending}
        onConfirm={act}
        onCancel={close}
      >
        <div className={styles.stack}>
          <ul className={styles.list}>
            <li>{sessionsWords(gate.openSessions)}</li>
            <li>Nobody can open this console through the gate but with recovery on the sensor.</li>
            <li>Its key counts no more. To let people in again, enrol a gate anew.</li>
          </ul>
          <Text>
            A gate that can’t be reached notices as soon as it speaks with the portal again; until
            then it goes on with the bundle that it has.
          </Text>
          {revoke.error === null ? null : <ProblemNotice error={revoke.error} />}
        </div>
      </ConfirmDialog>
    </>
  );
}

function sessionsWords(count: number): string {
  if (count === 0) return 'No session is open there.';
  return `${count} open session${count === 1 ? ' ends' : 's end'}.`;
}
