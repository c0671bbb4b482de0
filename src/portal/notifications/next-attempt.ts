const minute = 60_000;
const longest = 12 * 60 * minute;
const patience = 3 * 24 * 60 * minute;

export interface FailedAttempt {
  /** When the event was entered. */
  readonly createdAt: Date;
  /** How many there have been, this one included. */
  readonly attempts: number;
  readonly now: Date;
  /** Milliseconds that the receiver asked for (`Retry-After`); null: it didn't. */
  readonly retryAfter: number | null;
  /** From 0 to 1: receivers that were away aren't met by everything at once. */
  readonly jitter: number;
}

/** When to try again: after 1 minute, twice that, and so on to 12 hours; null after 3 days. */
export function nextAttempt(failed: FailedAttempt): Date | null {
  const { createdAt, attempts, now, retryAfter, jitter } = failed;
  const pause = Math.min(longest, minute * 2 ** (attempts - 1));
  const asked = Math.min(longest, retryAfter ?? 0);
  const next = now.getTime() + Math.max(asked, pause * (1 + jitter / 10));
  return next - createdAt.getTime() > patience ? null : new Date(next);
}
