import { Subtitle2 } from '@fluentui/react-components';
import { getSensorGate } from '../../contract/gates.ts';
import type { SensorSummary } from '../../contract/inventory.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { useEndpoint } from '../api/hooks.ts';
import { useRefreshed } from '../api/use-refreshed.ts';
import { DeliveryBadge } from '../ui/delivery-badge.tsx';
import { deliveryWords } from '../ui/delivery-words.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { EnrolButton } from './enrol-button.tsx';
import { EnrolmentDialog } from './enrolment-dialog.tsx';
import { GateChecks } from './gate-checks.tsx';
import { GateDelivery } from './gate-delivery.tsx';
import { GateFacts } from './gate-facts.tsx';
import { GateWarnings } from './gate-warnings.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { NoGate } from './no-gate.tsx';
import { RevokeGate } from './revoke-gate.tsx';
import { useEnrolment } from './use-enrolment.ts';

/** Milliseconds between two looks: while something is expected to happen, and otherwise. */
const soon = 2000;
const later = 10_000;

/** The gate before a sensor's console: how far delivery has come, what it reports, and its enrolment. */
export function GateSection({ sensor }: { readonly sensor: SensorSummary }) {
  const styles = useInventoryStyles();
  return (
    <section className={styles.stack} aria-labelledby="gate">
      <Subtitle2 as="h2" id="gate" className={styles.heading}>
        Gate
      </Subtitle2>
      {roleAllows(sensor.role, 'gate.view') ? (
        <LiveGate sensor={sensor} />
      ) : (
        <div className={styles.row}>
          <DeliveryBadge state={sensor.delivery} />
          <span>{deliveryWords[sensor.delivery]}</span>
        </div>
      )}
    </section>
  );
}

function LiveGate({ sensor }: { readonly sensor: SensorSummary }) {
  const styles = useInventoryStyles();
  const answer = useEndpoint(getSensorGate, { params: { sensorId: sensor.id } });
  const gate = answer.data?.gate ?? null;
  const enrolment = useEnrolment(sensor.id, gate);
  const expected = enrolment.state.kind === 'waiting' || answer.data?.delivery.state === 'pending';
  useRefreshed(answer, expected ? soon : later);
  if (answer.isPending) return <Loading what="the gate" />;
  if (answer.data === undefined) {
    return <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  const { delivery, mayEnrol } = answer.data;
  const enrol = mayEnrol ? <EnrolButton enrolment={enrolment} gate={gate} /> : null;
  return (
    <>
      {answer.error === null ? null : (
        <>
          <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
          <span className={styles.muted}>
            {'What is shown here was heard '}
            <Timestamp value={new Date(answer.dataUpdatedAt).toISOString()} />.
          </span>
        </>
      )}
      {gate === null ? (
        <NoGate delivery={delivery} enrol={enrol} />
      ) : (
        <>
          <GateDelivery delivery={delivery} />
          <GateWarnings gate={gate} />
          <GateFacts gate={gate} sensorId={sensor.id} />
          <GateChecks gate={gate} />
          {mayEnrol ? (
            <div className={styles.row}>
              {enrol}
              <RevokeGate sensor={sensor} gate={gate} />
            </div>
          ) : null}
        </>
      )}
      {enrolment.isOpen ? (
        <EnrolmentDialog enrolment={enrolment} sensor={sensor} gate={gate} delivery={delivery} />
      ) : null}
    </>
  );
}
