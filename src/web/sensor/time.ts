import { timeText } from '../ui/time-text.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const week = 7 * 86_400_000;

/** A time as it is read here: without its date on the day of `now`. Both in milliseconds since 1970. */
export function readTime(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return (sameDay ? clock : date).format(at);
}

/** The same, and how far away it is, as long as that is less than a week. */
export function timeAndDistance(at: number, now: number): string {
  const time = readTime(at, now);
  return Math.abs(at - now) < week ? `${time} (${timeText(new Date(at), now)})` : time;
}
