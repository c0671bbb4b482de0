/** Milliseconds that two clocks may differ before sign-ins fail: tokens are taken with this skew. */
export const clockTolerance = 5 * 60_000;

/** How far the own clock is off, in words to be shown; null while it is within the tolerance. */
export function clockProblem(offset: number): string | null {
  if (Math.abs(offset) < clockTolerance) return null;
  const seconds = Math.round(Math.abs(offset) / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [
    plural(days, 'day'),
    plural(hours, 'hour'),
    days > 0 ? null : plural(minutes, 'minute'),
  ].filter((part) => part !== null);
  return `${parts.join(' ')} ${offset > 0 ? 'fast' : 'slow'}`;
}

function plural(count: number, unit: string): string | null {
  return count === 0 ? null : `${count} ${unit}${count === 1 ? '' : 's'}`;
}
