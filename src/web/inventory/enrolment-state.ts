import type { ResponseOf } from '../../contract/endpoint.ts';
import type { createGateEnrolment, Gate } from '../../contract/gates.ts';

export type EnrolmentToken = ResponseOf<typeof createGateEnrolment>;

/**
 * How long a token is good for, in milliseconds. Counted from when it came: the clock of the
 * reader's machine may be off.
 */
export const tokenLifetime = 15 * 60_000;

/** A token that was made, with the gate that was there at that time. */
export interface IssuedToken {
  readonly token: EnrolmentToken;
  /** Where people will open the gate. */
  readonly origin: string;
  readonly before: GateMark | null;
  /** Milliseconds since 1970, by the clock of this machine. */
  readonly endsAt: number;
}

type GateMark = Pick<Gate, 'id' | 'enrolledAt'>;

export type EnrolmentState =
  | { readonly kind: 'none' | 'making' | 'expired' | 'done' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'waiting'; readonly issued: IssuedToken };

/** Where an enrolment stands, with the gate as it is now. `over`: the token's time is up. */
export function enrolmentState(
  issued: IssuedToken | null,
  gate: GateMark | null,
  over: boolean,
): EnrolmentState {
  if (issued === null) return { kind: 'none' };
  if (gate !== null && !sameGate(gate, issued.before)) return { kind: 'done' };
  return over ? { kind: 'expired' } : { kind: 'waiting', issued };
}

function sameGate(a: GateMark, b: GateMark | null): boolean {
  return b !== null && a.id === b.id && a.enrolledAt === b.enrolledAt;
}
