import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLastConnected } from './last-connected.ts';

describe('R21: Last connected (UTC)', () => {
  it('reads every time in both of its forms', () => {
    const times = fc.date({
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (time) => {
        time.setUTCMilliseconds(0);
        const iso = time.toISOString();
        expect(readLastConnected(iso)).toBe(iso);
        expect(readLastConnected(iso.slice(0, 19).replace('T', ' '))).toBe(iso);
        const american = time.toLocaleString('en-US', { timeZone: 'UTC' });
        expect(readLastConnected(american)).toBe(iso);
      }),
    );
  });

  it('reads a sensor that never connected', () => {
    for (const text of ['', ' ', 'N/A', '-', 'Never']) expect(readLastConnected(text)).toBeNull();
  });

  it('refuses what is no time', () => {
    const wrong = ['yesterday', '31/12/2026, 8:00:00 AM', '2/30/2026, 8:00:00 AM', '2026-13-01'];
    const hours = ['1/2/2026, 13:00:00 PM', '1/2/2026, 0:00:00 AM', '2026-01-01T25:00:00Z'];
    for (const text of [...wrong, ...hours, '1767225600', '2026-01-01T08:00:00+02:00']) {
      expect(readLastConnected(text)).toBeUndefined();
    }
  });
});
