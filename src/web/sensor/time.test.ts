import { describe, expect, it } from 'vitest';
import { readTime, timeAndDistance } from './time.ts';

const noon = new Date(2026, 10, 22, 12, 0).getTime();
const hour = 3_600_000;

describe('readTime', () => {
  it('has a date on another day only', () => {
    expect(readTime(noon + hour, noon)).not.toContain('2026');
    expect(readTime(noon + 24 * hour, noon)).toContain('2026');
  });
});

describe('timeAndDistance', () => {
  it('says how far away it is within a week', () => {
    expect(timeAndDistance(noon - 3 * hour, noon)).toMatch(/\(.+\)$/u);
    expect(timeAndDistance(noon + 30 * 24 * hour, noon)).not.toContain('(');
  });
});
