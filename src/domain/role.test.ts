import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maybeRole } from '../testing/domain-arbitraries.ts';
import { atLeast, highestRole, roles } from './role.ts';

describe('R1: the highest role', () => {
  it('is one of the candidates, and none is higher', () => {
    fc.assert(
      fc.property(fc.array(maybeRole), (candidates) => {
        const highest = highestRole(candidates);
        const held = candidates.filter((role) => role !== null);
        if (highest === null) expect(held).toEqual([]);
        else expect(held).toContain(highest);
        for (const role of held) expect(atLeast(highest, role)).toBe(true);
      }),
    );
  });

  it('says nothing of the order of the candidates', () => {
    fc.assert(
      fc.property(fc.array(maybeRole), (candidates) => {
        expect(highestRole(candidates.toReversed())).toBe(highestRole(candidates));
      }),
    );
  });

  it('orders Admin over Security analyst over Read only, and no role is never enough', () => {
    expect(roles.map((role) => atLeast('securityAnalyst', role))).toEqual([false, true, true]);
    expect(roles.map((role) => atLeast(null, role))).toEqual([false, false, false]);
  });
});
