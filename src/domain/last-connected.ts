const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)? ?(?:Z|UTC)?$/iu;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([AP]M)$/iu;
const never = new Set(['', '-', 'n/a', 'never']);

/**
 * Reads "Last connected (UTC)": ISO 8601 or the export's `M/D/YYYY, h:mm:ss AM`, always UTC.
 * Answers an ISO timestamp, null for a sensor that never connected, undefined for anything else.
 */
export function readLastConnected(text: string): string | null | undefined {
  if (never.has(text.trim().toLowerCase())) return null;
  const isoParts = iso.exec(text.trim());
  if (isoParts !== null) {
    const [year, month, day, hour, minute, second] = isoParts
      .slice(1)
      .map((part) => Number(part ?? 0));
    return timestamp(year, month, day, hour, minute, second);
  }
  const parts = american.exec(text.trim());
  if (parts === null) return undefined;
  const [month, day, year, hour, minute, second] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (hour === undefined || hour < 1 || hour > 12) return undefined;
  const afternoon = parts[7]?.toLowerCase() === 'pm' ? 12 : 0;
  return timestamp(year, month, day, (hour % 12) + afternoon, minute, second);
}

/** Undefined for a date that no calendar has, such as 31 June. */
function timestamp(year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0) {
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same =
    time.getUTCFullYear() === year &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second;
  return same ? time.toISOString() : undefined;
}
