import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensorPlace, settings } from '../testing/domain-arbitraries.ts';
import { effectiveSetting, holdingsOf } from './effective-setting.ts';
import { targetKey, targetsReaching } from './target.ts';

describe('R3: the most specific setting wins', () => {
  it('is the setting of the sensor, else of its zone, else of its site, else none', () => {
    fc.assert(
      fc.property(settings, sensorPlace, (all, place) => {
        const holdings = holdingsOf(all);
        const expected =
          holdings.get(`sensor:${place.sensorId}`) ??
          holdings.get(`zone:${place.zoneId}`) ??
          holdings.get(`site:${place.siteId}`);
        expect(effectiveSetting(place, holdings)?.settingId).toBe(expected);
      }),
    );
  });

  it('names the level it wins at, and what it shadows, next in line first', () => {
    fc.assert(
      fc.property(settings, sensorPlace, (all, place) => {
        const holdings = new Map(holdingsOf(all));
        const winner = effectiveSetting(place, holdings);
        if (winner === null) return;
        expect(winner.target.kind).toBe(winner.level);
        holdings.delete(targetKey(winner.target));
        const next = effectiveSetting(place, holdings);
        expect(next?.settingId).toBe(winner.shadows[0]?.settingId);
        expect(next?.shadows ?? []).toEqual(winner.shadows.slice(1));
      }),
    );
  });
});

describe('R5: who is inside inherits, who moves is asked anew', () => {
  it('gives a place in a zone without an exception what the zone has', () => {
    fc.assert(
      fc.property(settings, sensorPlace, (all, place) => {
        const holdings = holdingsOf(all);
        if (holdings.has(`sensor:${place.sensorId}`)) return;
        const { siteId, zoneId } = place;
        expect(effectiveSetting(place, holdings)).toEqual(
          effectiveSetting({ siteId, zoneId }, holdings),
        );
      }),
    );
  });

  it('depends on nothing but where the sensor stands now', () => {
    fc.assert(
      fc.property(settings, sensorPlace, sensorPlace, (all, from, to) => {
        const holdings = holdingsOf(all);
        const moved = { ...to, sensorId: from.sensorId };
        const reaching = targetsReaching(moved).map(targetKey);
        const winner = effectiveSetting(moved, holdings);
        if (winner !== null) expect(reaching).toContain(targetKey(winner.target));
      }),
    );
  });
});

describe('R4: holdings', () => {
  it('give each target to the one setting that has it', () => {
    fc.assert(
      fc.property(settings, (all) => {
        const holdings = holdingsOf(all);
        for (const { id, targets } of all) {
          for (const target of targets) expect(holdings.get(targetKey(target))).toBe(id);
        }
        expect(holdings.size).toBe(all.reduce((sum, { targets }) => sum + targets.length, 0));
      }),
    );
  });
});
