import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensorPlace, settingIds, settings, targets } from '../testing/domain-arbitraries.ts';
import { effectiveSetting, holdingsOf } from './effective-setting.ts';
import { exceptionsBelow, holdingsAfter, uncoveredBy } from './setting-change.ts';
import { replacementsBy } from './target-replacement.ts';
import { targetKey, type Place, type Target } from './target.ts';

const settingId = fc.constantFrom(...settingIds);

/** Every zone and sensor of these tests stands at site p0, sensors in zone p0. */
function placeOf(target: Target): Place {
  if (target.kind === 'site') return { siteId: target.id };
  if (target.kind === 'zone') return { siteId: 'p0', zoneId: target.id };
  return { siteId: 'p0', zoneId: 'p0', sensorId: target.id };
}

describe('R4: applying to targets', () => {
  it('holds exactly these afterwards, and leaves others what was not taken', () => {
    fc.assert(
      fc.property(settings, settingId, targets, (all, id, wanted) => {
        const before = holdingsOf(all);
        const after = holdingsAfter(id, wanted, before);
        const held = [...after].filter(([, holder]) => holder === id).map(([key]) => key);
        expect(new Set(held)).toEqual(new Set(wanted.map(targetKey)));
        const taken = replacementsBy(id, wanted, before).map(({ target }) => targetKey(target));
        for (const [key, holder] of before) {
          if (holder !== id && !taken.includes(key)) expect(after.get(key)).toBe(holder);
        }
      }),
    );
  });
});

describe('R6: giving up targets', () => {
  it('names each with what wins there then', () => {
    fc.assert(
      fc.property(settings, settingId, targets, (all, id, wanted) => {
        const had = all.find((one) => one.id === id)?.targets ?? [];
        const after = holdingsAfter(id, wanted, holdingsOf(all));
        const uncovered = uncoveredBy(had, wanted, after, placeOf);
        const kept = wanted.map(targetKey);
        expect(uncovered.map(({ target }) => target)).toEqual(
          had.filter((target) => !kept.includes(targetKey(target))),
        );
        for (const { target, next } of uncovered) {
          expect(next).toEqual(effectiveSetting(placeOf(target), after));
          if (target.kind === 'site') expect(next).toBeNull();
        }
      }),
    );
  });
});

describe('R3: exceptions', () => {
  it('are where another setting still wins below what was chosen', () => {
    fc.assert(
      fc.property(settings, settingId, targets, sensorPlace, (all, id, wanted, { sensorId }) => {
        const held = all.flatMap((one) =>
          one.targets.map((target) => ({ target, settingId: one.id })),
        );
        const exceptions = exceptionsBelow(id, wanted, held, placeOf);
        const after = holdingsAfter(id, wanted, holdingsOf(all));
        for (const { target, settingId: other } of exceptions) {
          expect(effectiveSetting(placeOf(target), after)?.settingId).toBe(other);
          expect(other).not.toBe(id);
          expect(target.kind).not.toBe('site');
        }
        // The other way round: a sensor under a chosen site that another setting wins is explained.
        const place = placeOf({ kind: 'sensor', id: sensorId });
        const winner = effectiveSetting(place, after);
        const reached = wanted.some(({ kind, id: site }) => kind === 'site' && site === 'p0');
        if (reached && winner !== null && winner.settingId !== id) {
          expect(exceptions.map(({ target }) => targetKey(target))).toContain(
            targetKey(winner.target),
          );
        }
      }),
    );
  });
});
