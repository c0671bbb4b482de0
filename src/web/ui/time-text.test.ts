import { describe, expect, it } from 'vitest';
import { timeText } from './time-text.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const ago = (milliseconds: number) => timeText(new Date(now - milliseconds), now);

describe('timeText', () => {
  it('counts within a week', () => {
    expect(ago(20_000)).toBe('just now');
    expect(ago(5 * 60_000)).toMatch(/5/u);
    expect(ago(3 * 86_400_000)).toMatch(/3/u);
  });

  it('rounds what lies ahead', () => {
    expect(ago(-8 * 3_600_000 + 2000)).toMatch(/8/u);
    expect(ago(-13 * 3_600_000)).toMatch(/13/u);
  });

  it('names the date after that', () => {
    expect(ago(30 * 86_400_000)).toMatch(/2026/u);
  });
});
