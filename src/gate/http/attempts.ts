import { LRUCache } from 'lru-cache';
import { ProblemError } from '../../server/problem-error.ts';

/** Counts attempts of an address, and throws ProblemError 429 beyond `most` in a minute. */
export type CountAttempt = (address: string) => void;

const window = 60_000;

export function createAttemptLimit(most: number, now: () => number): CountAttempt {
  const attempts = new LRUCache<string, { count: number; readonly since: number }>({ max: 10_000 });
  return (address) => {
    const known = attempts.get(address);
    // Also one that was counted later than it is now: a clock that was set back locks nobody out.
    if (known === undefined || Math.abs(now() - known.since) >= window) {
      attempts.set(address, { count: 1, since: now() });
      return;
    }
    known.count += 1;
    if (known.count <= most) return;
    const seconds = Math.max(1, Math.ceil((known.since + window - now()) / 1000));
    throw new ProblemError(429, 'too_many_requests', `Too many attempts. Wait ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  };
}
