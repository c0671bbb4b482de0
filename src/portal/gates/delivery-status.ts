import type { DeliveryStatus } from '../../contract/gates.ts';
import { clockProblem } from '../../domain/clock.ts';
import type { DeliveryState } from '../../domain/delivery.ts';
import { firstVersionWithSso } from '../../domain/sensor-version.ts';
import type { Gate } from './gate.ts';

type Reason = DeliveryStatus['reason'];

/** What is known of a gate besides its progress, where somebody looks at it. */
export interface GateConcerns {
  /** Milliseconds that its clock is ahead. */
  readonly clockOffset: number | null;
  /** When what it should hold became another, as far as that is known. */
  readonly pendingSince: Date | null;
}

/** A state with when it was reached and why, in words. */
export function deliveryStatus(
  state: DeliveryState,
  sensor: { readonly version: string },
  gate: Gate | null,
  concerns: GateConcerns | null,
): DeliveryStatus {
  const reason = reasonFor(state, sensor.version, gate) ?? clockReason(concerns);
  return { state, since: sinceOf(state, gate, concerns), reason };
}

function sinceOf(
  state: DeliveryState,
  gate: Gate | null,
  concerns: GateConcerns | null,
): string | null {
  const at = {
    pending: concerns?.pendingSince?.getTime(),
    applied: gate?.appliedAt,
    failed: gate?.failedAt,
    disconnected: gate?.lastSeenAt,
    unsupported: null,
    notEnrolled: null,
  }[state];
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

function reasonFor(state: DeliveryState, version: string, gate: Gate | null): Reason {
  if (state === 'unsupported') {
    const needed = `single sign-on needs ${firstVersionWithSso} or later`;
    const detail =
      version === ''
        ? `The version of its software isn’t known: ${needed}.`
        : `Its software is ${version}: ${needed}.`;
    return { code: 'sensor_unsupported', detail };
  }
  if (state === 'disconnected') {
    return gate === null || gate.lastSeenAt === null
      ? { code: 'never_seen', detail: 'Its gate was enrolled and hasn’t been heard of since.' }
      : { code: 'silent', detail: 'Its gate has been silent for 5 minutes or longer.' };
  }
  if (state !== 'failed' || gate === null || gate.failure === null) return null;
  const { code, detail } = gate.failure;
  return { code, detail };
}

/** A clock that is off stops sign-ins, whatever has been delivered. */
function clockReason(concerns: GateConcerns | null): Reason {
  const offset = concerns?.clockOffset ?? null;
  const clock = offset === null ? null : clockProblem(offset);
  if (clock === null) return null;
  return { code: 'clock_off', detail: `Its clock is ${clock}: sign-ins fail until it is right.` };
}
