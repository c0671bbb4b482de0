import { describe, expect, it } from 'vitest';
import { calendarFile } from './calendar-file.ts';

const now = new Date('2026-11-22T08:30:15.250Z');
const event = {
  id: '6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee',
  summary: 'Client secret of “Microsoft” expires',
  description: 'Make a new one; then, add it here:\nSettings \\ Single Sign-On',
  url: 'https://gatehouse.example/single-sign-on/6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee',
  expiresAt: new Date('2027-05-31T00:00:00Z'),
};

/** RFC 5545, 3.1: unfolding takes each line end with the space after it away. */
const unfolded = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');

describe('calendarFile', () => {
  const file = calendarFile(event, now);

  it('ends every line with CRLF, the last one too', () => {
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('has the whole day of the end, and what identifies the event', () => {
    expect(unfolded(file)).toEqual(
      expect.arrayContaining([
        'UID:6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee@gatehouse',
        'DTSTAMP:20261122T083015Z',
        'DTSTART;VALUE=DATE:20270531',
        'DTEND;VALUE=DATE:20270601',
        `URL:${event.url}`,
      ]),
    );
  });

  it('reminds 30, 14, 7 and 1 days before', () => {
    const triggers = unfolded(file).filter((line) => line.startsWith('TRIGGER'));
    expect(triggers).toEqual(['TRIGGER:-P30D', 'TRIGGER:-P14D', 'TRIGGER:-P7D', 'TRIGGER:-P1D']);
    expect(file.match(/BEGIN:VALARM/gu)).toHaveLength(4);
    expect(file.match(/END:VALARM/gu)).toHaveLength(4);
  });

  it('escapes what has a meaning in a text', () => {
    expect(unfolded(file)).toContain(
      String.raw`DESCRIPTION:Make a new one\; then\, add it here:\nSettings \\ Single Sign-On`,
    );
  });

  it('lets no line begin that the text brings with it', () => {
    const forged = calendarFile({ ...event, summary: 'A\r\nATTENDEE:x\u{0}' }, now);
    expect(unfolded(forged)).toContain(String.raw`SUMMARY:A\nATTENDEE:x `);
  });

  it.each(['x'.repeat(300), 'é'.repeat(200), '鍵🔑'.repeat(80)])(
    'folds at 75 octets without cutting a character (%#)',
    (summary) => {
      const long = calendarFile({ ...event, summary }, now);
      const octets = long.split('\r\n').map((line) => new TextEncoder().encode(line).length);
      expect(Math.max(...octets)).toBeLessThanOrEqual(75);
      expect(unfolded(long)).toContain(`SUMMARY:${summary}`);
    },
  );
});
