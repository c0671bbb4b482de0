import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupId, groupIds, inAnyCase, mapping } from '../testing/domain-arbitraries.ts';
import { emptyMapping, groupSet, mappedGroupIds, mappedRole } from './group-mapping.ts';
import { atLeast, roles } from './role.ts';

const held = fc.array(inAnyCase(groupId));

describe('R1: several mapped groups', () => {
  it('give the highest of their roles', () => {
    fc.assert(
      fc.property(mapping, held, (permissions, ids) => {
        const set = groupSet(ids);
        const mapped = mappedRole(permissions, set);
        for (const role of roles) {
          const has = permissions[role].some((group) => set.has(group.id.toLowerCase()));
          if (has) expect(atLeast(mapped?.role ?? null, role)).toBe(true);
          if (mapped?.role === role) expect(has).toBe(true);
        }
      }),
    );
  });

  it('are compared without regard to case', () => {
    fc.assert(
      fc.property(mapping, held, (permissions, ids) => {
        const lower = mappedRole(permissions, groupSet(ids.map((id) => id.toLowerCase())));
        const upper = mappedRole(permissions, groupSet(ids.map((id) => id.toUpperCase())));
        expect(upper).toEqual(lower);
      }),
    );
  });

  it('are named as the reason, those of that role only', () => {
    fc.assert(
      fc.property(mapping, held, (permissions, ids) => {
        const set = groupSet(ids);
        const mapped = mappedRole(permissions, set);
        if (mapped === null) return;
        expect(mapped.through.length).toBeGreaterThan(0);
        for (const group of mapped.through) {
          expect(permissions[mapped.role]).toContain(group);
          expect(set.has(group.id.toLowerCase())).toBe(true);
        }
      }),
    );
  });

  it('never lower a role by being joined to', () => {
    fc.assert(
      fc.property(mapping, held, groupId, (permissions, ids, joined) => {
        const before = mappedRole(permissions, groupSet(ids));
        const after = mappedRole(permissions, groupSet([...ids, joined]));
        if (before !== null) expect(atLeast(after?.role ?? null, before.role)).toBe(true);
      }),
    );
  });
});

describe('R2: no mapped group', () => {
  it('gives no role: there is no default', () => {
    fc.assert(
      fc.property(mapping, held, (permissions, ids) => {
        const mapped = mappedGroupIds(permissions);
        const strangers = groupSet(ids.filter((id) => !mapped.has(id.toLowerCase())));
        expect(mappedRole(permissions, strangers)).toBeNull();
      }),
    );
    expect(mappedRole(emptyMapping, groupSet(groupIds))).toBeNull();
  });
});
