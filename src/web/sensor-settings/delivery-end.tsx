import type { Delivery } from '../../contract/gates.ts';
import { Announcement } from '../ui/announcement.tsx';
import { deliveryProgress } from './delivery-progress.ts';

/** Tells screen readers when delivery has come as far as it can, and not each step of it. */
export function DeliveryEnd({ delivery }: { readonly delivery: Delivery }) {
  const { settled, text, outlook } = deliveryProgress(delivery);
  return <Announcement text={settled ? `${text}. ${outlook}` : ''} />;
}
