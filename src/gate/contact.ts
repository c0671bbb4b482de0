import type { PortalContact } from './in-force.ts';

/** What is known of the portal, by how the last request to it ended. */
export interface ContactLog {
  readonly state: () => PortalContact;
  readonly answered: (clockOffset: number | null) => void;
  readonly failed: () => void;
}

export function createContactLog(now: () => number): ContactLog {
  // Until the first attempt has failed nothing speaks against it.
  let state: PortalContact = { reachable: true, unreachableSince: null, clockOffset: null };
  return {
    state: () => state,
    answered(clockOffset) {
      state = {
        reachable: true,
        unreachableSince: null,
        clockOffset: clockOffset ?? state.clockOffset,
      };
    },
    failed() {
      state = {
        ...state,
        reachable: false,
        unreachableSince: state.unreachableSince ?? now(),
      };
    },
  };
}
