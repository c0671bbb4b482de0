import { and, inArray, isNotNull, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { roleAllows, type Permission } from '../../domain/permissions.ts';
import type { Target } from '../../domain/target.ts';
import { placeOf } from '../storage/access-snapshot.ts';
import { sensors } from '../storage/schema.ts';
import type { Asker } from './asker.ts';

/**
 * The sensors where the asker may do this, as a condition on `sensors`: by their zones, and by
 * themselves where a setting holds them. So it stays short, however many sensors there are.
 */
export function sensorsWhere(asker: Asker, permission: Permission): SQL {
  const { snapshot, portalRole } = asker;
  if (roleAllows(portalRole, permission)) return isNotNull(sensors.id);
  const zones = [...snapshot.zones.values()].filter((zone) =>
    asker.allows(permission, { siteId: zone.site.id, zoneId: zone.id }),
  );
  const exceptions = [...snapshot.settings.values()].flatMap(({ targets }) =>
    targets.filter(({ kind }) => kind === 'sensor'),
  );
  const allows = (target: Target) => {
    const place = placeOf(target, snapshot);
    return place !== null && asker.allows(permission, place);
  };
  const allowed = exceptions.filter((target) => allows(target));
  const denied = exceptions.filter((target) => !allows(target));
  const byZone = and(inArray(sensors.zoneId, ids(zones)), notInArray(sensors.id, ids(denied)));
  return or(byZone, inArray(sensors.id, ids(allowed))) ?? sql`false`;
}

function ids(of: readonly { readonly id: string }[]): string[] {
  return of.map(({ id }) => id);
}
