import fc from 'fast-check';
import type { GroupMapping } from '../domain/group-mapping.ts';
import { roles } from '../domain/role.ts';
import { targetKinds, type Place, type Target } from '../domain/target.ts';

/** Few ids, so that what is made at random meets itself often. */
export const groupIds = Array.from(
  { length: 8 },
  (_, index) => `aaaaaaaa-0000-4000-8000-00000000000${index}`,
);

export const groupId = fc.constantFrom(...groupIds);

/** An id in any mixture of upper and lower case. */
export function inAnyCase(id: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(id, fc.array(fc.boolean(), { minLength: 36, maxLength: 36 }))
    .map(([text, upper]) =>
      Array.from(text, (letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(''),
    );
}

export const role = fc.constantFrom(...roles);
export const maybeRole = fc.option(role, { nil: null });

const groups = fc
  .uniqueArray(inAnyCase(groupId), { maxLength: 4, selector: (id) => id.toLowerCase() })
  .map((ids) => ids.map((id) => ({ id, displayName: null })));

export const mapping: fc.Arbitrary<GroupMapping> = fc.record({
  admin: groups,
  securityAnalyst: groups,
  readOnly: groups,
});

const placeIds = ['p0', 'p1', 'p2', 'p3'] as const;
const placeId = fc.constantFrom(...placeIds);

export const target: fc.Arbitrary<Target> = fc.record({
  kind: fc.constantFrom(...targetKinds),
  id: placeId,
});

export const targets = fc.uniqueArray(target, {
  selector: ({ kind, id }) => `${kind}:${id}`,
  maxLength: 8,
});

/** The place of a sensor. */
export const sensorPlace: fc.Arbitrary<Required<Place>> = fc.record({
  siteId: placeId,
  zoneId: placeId,
  sensorId: placeId,
});

export const settingIds = ['s0', 's1', 's2', 's3'] as const;

/** Settings, of which no two hold the same target (R4). */
export const settings = fc
  .dictionary(
    fc.constantFrom(...targetKinds.flatMap((kind) => placeIds.map((id) => `${kind}:${id}`))),
    fc.constantFrom(...settingIds),
  )
  .map((holders) =>
    settingIds.map((id) => ({
      id,
      targets: Object.entries(holders)
        .filter(([, holder]) => holder === id)
        .map(([key]): Target => {
          const [kind = 'site', targetId = ''] = key.split(':');
          return { kind: kind as Target['kind'], id: targetId };
        }),
    })),
  );
