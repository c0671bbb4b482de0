import { Badge, Tooltip } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkRegular,
  DismissRegular,
  PlugDisconnectedRegular,
  ProhibitedRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import { deliveryLabels, type DeliveryState } from '../../domain/delivery.ts';
import { deliveryWords } from './delivery-words.ts';

const looks = {
  pending: { color: 'informative', icon: <ArrowSyncRegular /> },
  applied: { color: 'success', icon: <CheckmarkRegular /> },
  failed: { color: 'danger', icon: <DismissRegular /> },
  unsupported: { color: 'warning', icon: <ProhibitedRegular /> },
  disconnected: { color: 'warning', icon: <PlugDisconnectedRegular /> },
  notEnrolled: { color: 'informative', icon: <SubtractRegular /> },
} as const;

/** How far delivery to a sensor's gate has come (R14); for where the words stand beside it. */
export function DeliveryBadge({ state }: { state: DeliveryState }) {
  const { color, icon } = looks[state];
  return (
    <Badge
      appearance={state === 'notEnrolled' ? 'outline' : 'tint'}
      color={color}
      icon={icon}
      style={{ whiteSpace: 'nowrap' }}
    >
      {deliveryLabels[state]}
    </Badge>
  );
}

/** The same in a list: what it means comes with the pointer. */
export function DeliveryHint({ state }: { state: DeliveryState }) {
  return (
    <Tooltip content={deliveryWords[state]} relationship="description">
      <span>
        <DeliveryBadge state={state} />
      </span>
    </Tooltip>
  );
}
