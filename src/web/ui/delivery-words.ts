import type { DeliveryState } from '../../domain/delivery.ts';
import { firstVersionWithSso } from '../../domain/sensor-version.ts';

/** What each state means for the sensor, in a sentence. */
export const deliveryWords: Readonly<Record<DeliveryState, string>> = {
  pending: 'Its gate is connected, and hasn’t yet said that it applied what is in force.',
  applied: 'Its gate has applied what is in force.',
  failed: 'Its gate couldn’t apply what is in force, and goes on with what it had.',
  unsupported: `Its software is too old for SSO (${firstVersionWithSso} or later is needed), or its version isn’t known.`,
  disconnected: 'Its gate has been silent for 5 minutes; it goes on with what it had.',
  notEnrolled: 'No gate stands before its console yet.',
};
