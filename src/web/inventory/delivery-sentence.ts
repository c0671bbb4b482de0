import type { DeliveryStatus } from '../../contract/gates.ts';
import { deliveryWords } from '../ui/delivery-words.ts';

/** What a state means here: the reason itself, where the portal knows one, else what it means anywhere. */
export function deliverySentence({ state, reason }: DeliveryStatus): string {
  // A clock that is off has a warning of its own, whatever has been delivered.
  if (reason === null || state === 'failed' || reason.code === 'clock_off') {
    return deliveryWords[state];
  }
  return reason.detail;
}

/** Why a gate couldn't apply what is in force; null in any other state. */
export function shownFailure({ state, reason }: DeliveryStatus): DeliveryStatus['reason'] {
  return state === 'failed' ? reason : null;
}
