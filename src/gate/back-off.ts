const first = 1_000;
const most = 60_000;

/** How long to wait before the next attempt; longer each time, and never all gates at once. */
export interface BackOff {
  /** Milliseconds. `retryAfter`: what the portal asked for, which is the least then. */
  readonly next: (retryAfter?: number | null) => number;
  readonly reset: () => void;
}

/** `random`: from 0 up to 1. */
export function createBackOff(random: () => number = Math.random): BackOff {
  let attempts = 0;
  return {
    next(retryAfter = null) {
      const ceiling = Math.min(most, first * 2 ** attempts);
      attempts += 1;
      const spread = ceiling / 2 + (random() * ceiling) / 2;
      // An hour, whatever a portal or something between asks for.
      if (retryAfter !== null) return Math.min(retryAfter, 3_600_000) + random() * first;
      return Math.round(spread);
    },
    reset() {
      attempts = 0;
    },
  };
}

/** Resolves after so many milliseconds, or at once when the signal ends. Keeps no process alive. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
