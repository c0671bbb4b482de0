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

/** Which sensors are meant: those of a setting, those of a site, or all that one may see. */
export type DeliveryScope = { readonly settingId: string } | { readonly siteId: string } | null;

/** What is well first, then what somebody should look at. */
const order = [
  'applied',
  'pending',
  'failed',
  'disconnected',
  'notEnrolled',
  'unsupported',
] as const;

/** Sensors by delivery state, each leading to its list; those of one site or setting where it is named. */
export function deliveryShares(
  states: Readonly<Record<DeliveryState, number>>,
  scope: DeliveryScope = null,
): Share[] {
  const shown = order.filter((state) => states[state] > 0 || state === 'applied');
  return shown.map((state) => ({
    label: deliveryLabels[state],
    count: states[state],
    color: colors[state],
    to: deliveryList(state, scope),
  }));
}

/** The address of the list of sensors in a state. */
export function deliveryList(state: DeliveryState, scope: DeliveryScope): string {
  const address = new URLSearchParams(scopeParameters(scope));
  address.set('delivery', state);
  return `${paths.sensors()}?${address.toString()}`;
}

function scopeParameters(scope: DeliveryScope): Record<string, string> {
  if (scope === null) return {};
  return 'settingId' in scope ? { setting: scope.settingId } : { site: scope.siteId };
}

/** No gate is enrolled anywhere: there is nothing to count yet. */
export function noGates(states: Readonly<Record<DeliveryState, number>>): boolean {
  return deliveryStates.every(
    (state) => state === 'notEnrolled' || state === 'unsupported' || states[state] === 0,
  );
}
