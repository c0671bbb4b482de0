import { deliveryLabels, deliveryStates, type DeliveryState } from '../../domain/delivery.ts';
import { paths } from '../paths.ts';
import type { Share, ShareColor } from './share-bar.tsx';

const colors: Readonly<Record<DeliveryState, ShareColor>> = {
  applied: 'good',
  pending: 'brand',
  failed: 'bad',
  disconnected: 'warning',
  unsupported: 'warning',
  notEnrolled: 'plain',
};

/** What is well first, then what somebody should look at. */
const order = [
  'applied',
  'pending',
  'failed',
  'disconnected',
  'notEnrolled',
  'unsupported',
] as const;

/** Sensors by delivery state, each leading to its list; those of one site where it is named. */
export function deliveryShares(
  states: Readonly<Record<DeliveryState, number>>,
  siteId: string | null = null,
): Share[] {
  const shown = order.filter((state) => states[state] > 0 || state === 'applied');
  return shown.map((state) => ({
    label: deliveryLabels[state],
    count: states[state],
    color: colors[state],
    to: deliveryList(state, siteId),
  }));
}

/** The address of the list of sensors in a state. */
export function deliveryList(state: DeliveryState, siteId: string | null): string {
  const address = new URLSearchParams(siteId === null ? {} : { site: siteId });
  address.set('delivery', state);
  return `${paths.sensors()}?${address.toString()}`;
}

/** No gate is enrolled anywhere: there is nothing to count yet. */
export function noGates(states: Readonly<Record<DeliveryState, number>>): boolean {
  return deliveryStates.every(
    (state) => state === 'notEnrolled' || state === 'unsupported' || states[state] === 0,
  );
}
