import { Tooltip } from '@fluentui/react-components';
import { timeText } from './time-text.ts';
import { useNow } from './use-now.ts';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A time of the API (ISO 8601, UTC) in the reader's own zone: how long ago within a week, else the date. */
export function Timestamp({
  value,
  fallback = 'Never',
}: {
  value: string | null;
  fallback?: string;
}) {
  const now = useNow();
  if (value === null) return <span>{fallback}</span>;
  const date = new Date(value);
  return (
    <Tooltip content={`${exact.format(date)} (${date.toISOString()})`} relationship="description">
      <time dateTime={value}>{timeText(date, now)}</time>
    </Tooltip>
  );
}
