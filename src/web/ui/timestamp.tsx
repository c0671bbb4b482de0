import { Tooltip } from '@fluentui/react-components';
import { useState } from 'react';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A time of the API (ISO 8601, UTC) in the reader's own zone: how long ago within a week, else the date. */
export function Timestamp({
  value,
  fallback = 'Never',
}: {
  value: string | null;
  fallback?: string;
}) {
  const [now] = useState(() => Date.now());
  if (value === null) return <span>{fallback}</span>;
  const date = new Date(value);
  return (
    <Tooltip content={`${exact.format(date)} (${date.toISOString()})`} relationship="description">
      <time dateTime={value}>{timeText(date, now)}</time>
    </Tooltip>
  );
}

/** `now` in milliseconds since 1970. */
export function timeText(date: Date, now: number): string {
  const difference = date.getTime() - now;
  if (Math.abs(difference) >= 7 * 86_400_000) return short.format(date);
  for (const [unit, length] of units) {
    if (Math.abs(difference) >= length) {
      return relative.format(Math.trunc(difference / length), unit);
    }
  }
  return 'just now';
}
