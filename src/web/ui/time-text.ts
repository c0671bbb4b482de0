const short = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/**
 * A time as people say it: how long ago within a week, else the date. `now` in milliseconds since
 * 1970. What lies ahead is rounded: a session opened for 8 hours a second ago ends in 8 hours.
 */
export function timeText(date: Date, now: number): string {
  const difference = date.getTime() - now;
  if (Math.abs(difference) >= 7 * 86_400_000) return short.format(date);
  for (const [unit, length] of units) {
    if (Math.abs(difference) < length) continue;
    const count = difference / length;
    return relative.format(count > 0 ? Math.round(count) : Math.trunc(count), unit);
  }
  return 'just now';
}
