import { describe, expect, it } from 'vitest';
import { deliveryList, deliveryShares, noGates } from './delivery-shares.ts';

const none = {
  pending: 0,
  applied: 0,
  failed: 0,
  unsupported: 0,
  disconnected: 0,
  notEnrolled: 0,
};

describe('deliveryShares', () => {
  it('shows what there is, applied first, each with its list', () => {
    const shares = deliveryShares({ ...none, notEnrolled: 3, failed: 1, applied: 7 });
    expect(shares.map(({ label, count, to }) => [label, count, to])).toEqual([
      ['Applied', 7, '/sensors?delivery=applied'],
      ['Failed', 1, '/sensors?delivery=failed'],
      ['Not enrolled', 3, '/sensors?delivery=notEnrolled'],
    ]);
  });

  it('keeps to one site or one setting where it is named', () => {
    expect(deliveryList('failed', { siteId: 's1' })).toBe('/sensors?site=s1&delivery=failed');
    expect(deliveryList('failed', { settingId: 'a1' })).toBe('/sensors?setting=a1&delivery=failed');
  });
});

describe('noGates', () => {
  it('is so until the first one is enrolled', () => {
    expect(noGates({ ...none, notEnrolled: 5, unsupported: 1 })).toBe(true);
    expect(noGates({ ...none, notEnrolled: 5, disconnected: 1 })).toBe(false);
  });
});
