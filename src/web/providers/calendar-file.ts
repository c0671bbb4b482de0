/** The end of a secret or a certificate, as a calendar shows it. */
export interface ExpiryEvent {
  /** Stays the same when the file is made again: the calendar then moves the event it has. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** Where it is renewed. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** Days before the end on which a calendar reminds. */
const alarmDays = [30, 14, 7, 1];

/**
 * A calendar file (RFC 5545) with one event for the whole day of the end and a reminder 30, 14, 7 and
 * 1 days before. `now` stamps it.
 */
export function calendarFile(event: ExpiryEvent, now: Date): string {
  const day = event.expiresAt;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatehouse//Single Sign-On//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.id}@gatehouse`,
    `DTSTAMP:${utcTime(now)}`,
    `DTSTART;VALUE=DATE:${utcDay(day)}`,
    `DTEND;VALUE=DATE:${utcDay(new Date(day.getTime() + 86_400_000))}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    `URL:${event.url}`,
    'TRANSP:TRANSPARENT',
    ...alarmDays.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:-P${days}D`,
      `DESCRIPTION:${escaped(`${event.summary} in ${days} ${days === 1 ? 'day' : 'days'}`)}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** RFC 5545, 3.3.11: a TEXT value. Other control characters than line ends have no place in it. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/gu, String.raw`\$&`)
    .replaceAll(/\r\n|\r|\n/gu, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, ' ');
}

const encoder = new TextEncoder();

/** RFC 5545, 3.1: no line is longer than 75 octets; what follows begins with a space. No character is cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/** `20270521` */
function utcDay(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}

/** `20270521T083000Z` */
function utcTime(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z`;
}
