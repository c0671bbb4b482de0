import type { GateStatus } from '../../contract/gate-page.ts';

/** What is known of the gate itself. */
export interface GateView {
  /** Null until it has answered once. */
  readonly status: GateStatus | null;
  /** When the page last heard of it, in milliseconds since 1970; null: not yet. */
  readonly heardAt: number | null;
  /** False while it doesn't answer. */
  readonly answers: boolean;
}

export type GateViewEvent =
  | { readonly kind: 'answered'; readonly status: GateStatus; readonly at: number }
  | { readonly kind: 'silent' };

export const unknownGate: GateView = { status: null, heardAt: null, answers: true };

export function nextGateView(view: GateView, event: GateViewEvent): GateView {
  return event.kind === 'answered'
    ? { status: event.status, heardAt: event.at, answers: true }
    : { ...view, answers: false };
}
