/** How near the end of a secret or a certificate is, as warnings tell it; each state is told once. */
export const expiryStates = ['fine', 'in30', 'in14', 'in7', 'in1', 'expired'] as const;

export type ExpiryState = (typeof expiryStates)[number];

const day = 86_400_000;

/** Days before the end from which a state holds, the nearest first. */
const thresholds = [
  ['in1', 1],
  ['in7', 7],
  ['in14', 14],
  ['in30', 30],
] as const satisfies readonly (readonly [ExpiryState, number])[];

/** Whole days that are left, rounded up: on the last one it is 1; 0 once it is over. */
export function daysLeft(expiresAt: Date, now: Date): number {
  return Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / day));
}

/** `in7`: 7 days or fewer are left, but more than 1. Where no end is known there is nothing to warn of. */
export function expiryState(expiresAt: Date | null, now: Date): ExpiryState {
  if (expiresAt === null) return 'fine';
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return thresholds.find(([, days]) => left <= days * day)?.[0] ?? 'fine';
}

/** A credential as far as it matters whether it can be used. */
export interface ExpiringCredential {
  readonly status: 'unverified' | 'standby' | 'current';
  readonly expiresAt: Date | null;
  /** Microsoft refused it, whatever its date, and hasn't taken it since. Null or absent: no. */
  readonly refused?: object | null;
}

/**
 * The credentials that sign-ins try, one after the other: the current one, then the verified ones
 * that stand by, the one that lasts longest first; those that were refused before come last, as that
 * may be over. One that has expired by its date, which somebody typed, is tried only where it is the
 * current one and no other is left that wasn't refused.
 */
export function credentialsToTry<T extends ExpiringCredential>(
  credentials: readonly T[],
  now: Date,
): readonly T[] {
  const verified = credentials.filter(({ status }) => status !== 'unverified');
  const lasting = verified.filter((one) => !isOver(one, now));
  const tried = lasting.some((one) => !isRefused(one))
    ? lasting
    : verified.filter((one) => one.status === 'current' || !isOver(one, now));
  return tried.toSorted((a, b) => Number(isRefused(a)) - Number(isRefused(b)) || rank(b) - rank(a));
}

/** The credential that sign-ins use. Undefined where there is none at all. */
export function credentialInUse<T extends ExpiringCredential>(
  credentials: readonly T[],
  now: Date,
): T | undefined {
  return credentialsToTry(credentials, now)[0];
}

/** Has another one been verified that lasts longer than this one, and wasn't refused? */
export function isReplaced<T extends ExpiringCredential>(
  credential: T,
  credentials: readonly T[],
): boolean {
  return credentials.some(
    (other) => other.status !== 'unverified' && !isRefused(other) && end(other) > end(credential),
  );
}

export function isRefused({ refused = null }: Pick<ExpiringCredential, 'refused'>): boolean {
  return refused !== null;
}

/** The current one before all others, and these by their ends. */
function rank(one: ExpiringCredential): number {
  return one.status === 'current' ? Number.POSITIVE_INFINITY : end(one);
}

function isOver({ expiresAt }: ExpiringCredential, now: Date): boolean {
  return expiryState(expiresAt, now) === 'expired';
}

function end({ expiresAt }: ExpiringCredential): number {
  return expiresAt?.getTime() ?? Number.MAX_VALUE;
}
