import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { DeliveryStatus } from '../../contract/gates.ts';
import { Announcement } from '../ui/announcement.tsx';
import { DeliveryBadge } from '../ui/delivery-badge.tsx';
import { deliveryLabels } from '../../domain/delivery.ts';
import { deliveryWords } from '../ui/delivery-words.ts';
import { Timestamp } from '../ui/timestamp.tsx';
import { useInventoryStyles } from './inventory-styles.ts';

/** The delivery state, since when, what it means, and the reason where there is one. */
export function GateDelivery({ delivery }: { readonly delivery: DeliveryStatus }) {
  const styles = useInventoryStyles();
  const { state, since, reason } = delivery;
  return (
    <>
      <div className={styles.row}>
        <DeliveryBadge state={state} />
        <span>
          {deliveryWords[state]}
          {since === null ? null : (
            <span className={styles.muted}>
              {' Since '}
              <Timestamp value={since} />.
            </span>
          )}
        </span>
      </div>
      <Announcement text={`Delivery: ${deliveryLabels[state]}`} />
      {reason === null ? null : (
        <MessageBar
          intent={state === 'failed' ? 'error' : state === 'applied' ? 'info' : 'warning'}
          layout="multiline"
        >
          <MessageBarBody>
            <MessageBarTitle>
              {state === 'failed' ? 'Why it failed' : 'What the gate says'}
            </MessageBarTitle>{' '}
            {reason.detail} <span className={styles.muted}>({reason.code})</span>
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
