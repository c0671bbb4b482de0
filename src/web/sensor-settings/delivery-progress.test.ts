import { describe, expect, it } from 'vitest';
import { apartText, deliveryProgress, onlySite } from './delivery-progress.ts';

const none = {
  pending: 0,
  applied: 0,
  failed: 0,
  unsupported: 0,
  disconnected: 0,
  notEnrolled: 0,
};

describe('deliveryProgress', () => {
  it('counts what is on its way, and apart what can’t have it', () => {
    const states = { ...none, pending: 8, applied: 412, failed: 2, notEnrolled: 8 };
    const progress = deliveryProgress({ total: 430, states });
    expect(progress).toMatchObject({
      text: '412 of 430 sensors applied',
      settled: false,
      apart: [
        { state: 'failed', count: 2 },
        { state: 'notEnrolled', count: 8 },
      ],
    });
    expect(progress.outlook).toContain('8 sensors still to come');
  });

  it('is settled when all that can have it have it', () => {
    const outlook = (states: Partial<typeof none>) => {
      const progress = deliveryProgress({ total: 3, states: { ...none, ...states } });
      return [progress.settled, progress.outlook];
    };
    expect(outlook({ applied: 3 })).toEqual([true, 'Every sensor has it.']);
    expect(outlook({ applied: 2, disconnected: 1 })).toEqual([
      true,
      'Every sensor that can have it has it.',
    ]);
    expect(outlook({ notEnrolled: 3 })).toEqual([true, 'No sensor can have it at the moment.']);
  });
});

describe('words', () => {
  it('count what is apart', () => {
    expect(apartText('notEnrolled', 1000)).toBe('1,000 not enrolled');
  });

  it('know when everything is at one site', () => {
    expect(onlySite([{ siteId: 'a' }, { siteId: 'a' }])).toBe('a');
    expect(onlySite([{ siteId: 'a' }, { siteId: 'b' }])).toBeNull();
    expect(onlySite([])).toBeNull();
  });
});
