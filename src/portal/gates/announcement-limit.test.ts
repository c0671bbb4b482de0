import { describe, expect, it } from 'vitest';
import { createAnnouncementLimit } from './announcement-limit.ts';

describe('createAnnouncementLimit', () => {
  it('lets each gate announce five keys in any hour, and says how long to wait', () => {
    let now = 1_000_000;
    const count = createAnnouncementLimit(() => new Date(now));
    const waits = (gateId: string): number => {
      try {
        count(gateId);
        return 0;
      } catch (error) {
        const { headers } = error as { headers: Record<string, string> };
        return Number(headers['retry-after']);
      }
    };
    for (let minute = 0; minute < 5; minute += 1) {
      expect(waits('a')).toBe(0);
      now += 60_000;
    }
    expect(waits('a')).toBe(55 * 60);
    expect(waits('b')).toBe(0);
    now += 55 * 60_000;
    expect(waits('a')).toBe(0);
    expect(waits('a')).toBe(60);
    now += 7_200_000;
    for (let time = 0; time < 5; time += 1) expect(waits('a')).toBe(0);
    expect(waits('a')).toBe(3600);
  });

  it('isn’t locked by a clock that is set back', () => {
    let now = 86_400_000;
    const count = createAnnouncementLimit(() => new Date(now));
    for (let time = 0; time < 5; time += 1) count('a');
    now = 0;
    expect(() => count('a')).not.toThrow();
  });
});
