import { ShieldLockRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { DeliveryStatus } from '../../contract/gates.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { GateDelivery } from './gate-delivery.tsx';

/** Says what a gate is, and leads to one. `enrol`: the way there, for those who may. */
export function NoGate({
  delivery,
  enrol,
}: {
  readonly delivery: DeliveryStatus;
  readonly enrol: ReactNode;
}) {
  return (
    <>
      {delivery.state === 'notEnrolled' ? null : <GateDelivery delivery={delivery} />}
      <EmptyState title="No gate is enrolled" icon={<ShieldLockRegular />} action={enrol}>
        A gate is the small server in front of this sensor’s console: it signs people in with the
        setting that applies here, and goes on doing so while the network is cut.
        {enrol === null ? ' Enrolling one needs the role Admin here.' : ''}
      </EmptyState>
    </>
  );
}
