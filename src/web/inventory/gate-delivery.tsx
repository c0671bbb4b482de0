import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { DeliveryStatus } from '../../contract/gates.ts';
import { deliveryLabels } from '../../domain/delivery.ts';
import { Announcement } from '../ui/announcement.tsx';
import { DeliveryBadge } from '../ui/delivery-badge.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { deliverySentence, shownFailure } from './delivery-sentence.ts';
import { useInventoryStyles } from './inventory-styles.ts';

/** The delivery state, since when, what it means, and the reason where there is one. */
export function GateDelivery({ delivery }: { readonly delivery: DeliveryStatus }) {
  const styles = useInventoryStyles();
  const { state, since } = delivery;
  const failure = shownFailure(delivery);
  return (
    <>
      <div className={styles.row}>
        <DeliveryBadge state={state} />
        <span>
          {deliverySentence(delivery)}
          {since === null ? null : (
            <span className={styles.muted}>
              {' Since '}
              <Timestamp value={since} />.
            </span>
          )}
        </span>
      </div>
      <Announcement text={`Delivery: ${deliveryLabels[state]}`} />
      {failure === null ? null : (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Why it failed</MessageBarTitle> {failure.detail}{' '}
            <span className={styles.muted}>({failure.code})</span>
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
