import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensorPlace, target } from '../testing/domain-arbitraries.ts';
import { sameTarget, targetKey, targetKinds, targetsReaching } from './target.ts';

describe('R3: targets', () => {
  it('are reached most specific first', () => {
    fc.assert(
      fc.property(sensorPlace, (place) => {
        expect(targetsReaching(place).map(({ kind }) => kind)).toEqual([...targetKinds]);
      }),
    );
    expect(targetsReaching({ siteId: 'a' })).toEqual([{ kind: 'site', id: 'a' }]);
  });

  it('are the same by kind and id, whatever the case of the id', () => {
    fc.assert(
      fc.property(target, target, (a, b) => {
        expect(sameTarget(a, b)).toBe(a.kind === b.kind && a.id === b.id);
        expect(targetKey({ ...a, id: a.id.toUpperCase() })).toBe(targetKey(a));
      }),
    );
  });
});
