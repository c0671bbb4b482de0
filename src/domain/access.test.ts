import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupId, mapping, sensorPlace, settings } from '../testing/domain-arbitraries.ts';
import { roleAt, settingRoleAt } from './access.ts';
import { effectiveSetting, holdingsOf } from './effective-setting.ts';
import { groupSet, mappedRole, type GroupMapping } from './group-mapping.ts';
import { highestRole } from './role.ts';

const rules = fc
  .tuple(settings, fc.array(mapping, { minLength: 4, maxLength: 4 }), mapping)
  .map(([all, mappings, portalAccess]) => ({
    portalAccess,
    holdings: holdingsOf(all),
    mappings: new Map<string, GroupMapping>(
      all.map(({ id }, index) => [id, mappings[index] ?? portalAccess]),
    ),
  }));
const groups = fc.array(groupId).map(groupSet);

describe('R3: permissions are replaced whole, never merged', () => {
  it('asks the effective setting and no other', () => {
    fc.assert(
      fc.property(rules, groups, sensorPlace, ({ mappings, holdings }, held, place) => {
        const winner = effectiveSetting(place, holdings);
        const winning = winner === null ? undefined : mappings.get(winner.settingId);
        const { setting } = settingRoleAt(place, held, { mappings, holdings });
        expect(setting).toEqual(winning === undefined ? null : mappedRole(winning, held));
      }),
    );
  });
});

describe('R1: the role at a place', () => {
  it('is the higher of the portal role and what the effective setting gives', () => {
    fc.assert(
      fc.property(rules, groups, sensorPlace, (all, held, place) => {
        const at = roleAt(place, held, all);
        expect(at.role).toBe(highestRole([at.portal?.role ?? null, at.setting?.role ?? null]));
        expect(at.portal).toEqual(mappedRole(all.portalAccess, held));
      }),
    );
  });
});

describe('R2: no mapped group', () => {
  it('gives no role anywhere', () => {
    fc.assert(
      fc.property(rules, sensorPlace, (all, place) => {
        expect(
          roleAt(place, groupSet(['ffffffff-0000-4000-8000-000000000000']), all).role,
        ).toBeNull();
      }),
    );
  });
});
