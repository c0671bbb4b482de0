let beginning = false;
const signals = new WeakSet<AbortSignal>();

/** Begins questions that nobody asked for: those count as no use of a session (R15). */
export function inBackground(begin: () => void): void {
  beginning = true;
  try {
    begin();
  } finally {
    beginning = false;
  }
}

/**
 * Whether a question of this signal was begun so. A query is asked while it is begun, and has one
 * signal for all its tries.
 */
export function isInBackground(signal: AbortSignal): boolean {
  if (beginning) signals.add(signal);
  return signals.has(signal);
}
