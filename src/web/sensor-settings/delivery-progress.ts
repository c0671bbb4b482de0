import type { Delivery } from '../../contract/gates.ts';
import { deliveryLabels, type DeliveryState } from '../../domain/delivery.ts';

/** States of sensors that can't have a change at the moment: counted apart. */
const apartStates = ['failed', 'disconnected', 'notEnrolled', 'unsupported'] as const;

export interface DeliveryProgress {
  readonly applied: number;
  readonly total: number;
  /** Sensors that a change is still on its way to. */
  readonly pending: number;
  readonly apart: readonly { readonly state: DeliveryState; readonly count: number }[];
  /** Everything that can have it has it. */
  readonly settled: boolean;
  /** `412 of 430 sensors applied`. */
  readonly text: string;
  /** What is still expected, in a sentence. */
  readonly outlook: string;
}

/** How far a change has come. */
export function deliveryProgress({ total, states }: Pick<Delivery, 'total' | 'states'>) {
  const { applied, pending } = states;
  const apart = apartStates
    .map((state) => ({ state, count: states[state] }))
    .filter(({ count }) => count > 0);
  const progress: DeliveryProgress = {
    applied,
    total,
    pending,
    apart,
    settled: pending === 0,
    text: `${applied.toLocaleString('en')} of ${sensors(total)} applied`,
    outlook: outlook(applied, pending, apart.length > 0),
  };
  return progress;
}

function outlook(applied: number, pending: number, someApart: boolean): string {
  if (pending > 0) return `${sensors(pending)} still to come; connected gates take a second or so.`;
  if (!someApart) return applied === 0 ? '' : 'Every sensor has it.';
  return applied === 0
    ? 'No sensor can have it at the moment.'
    : 'Every sensor that can have it has it.';
}

function sensors(count: number): string {
  return `${count.toLocaleString('en')} sensor${count === 1 ? '' : 's'}`;
}

/** What is counted apart, as the words of a link: `3 failed`, `10 not enrolled`. */
export function apartText(state: DeliveryState, count: number): string {
  return `${count.toLocaleString('en')} ${deliveryLabels[state].toLowerCase()}`;
}

/** The site of all these targets; null where they are at several, or there are none. */
export function onlySite(targets: readonly { readonly siteId: string }[]): string | null {
  const [first, ...others] = new Set(targets.map(({ siteId }) => siteId));
  return first === undefined || others.length > 0 ? null : first;
}
