import { effectiveSetting, type EffectiveSetting, type Holdings } from './effective-setting.ts';
import { targetKey, targetsReaching, type Place, type Target } from './target.ts';

/** Who holds what after a setting applies to `targets` and to nothing else: R4 and R6 in one step. */
export function holdingsAfter(
  settingId: string,
  targets: readonly Target[],
  holdings: Holdings,
): Map<string, string> {
  const after = new Map([...holdings].filter(([, holder]) => holder !== settingId));
  for (const target of targets) after.set(targetKey(target), settingId);
  return after;
}

/** A target that a setting gives up, and what wins there then; null: SSO is off there (R6). */
export interface Uncovered {
  readonly target: Target;
  readonly next: EffectiveSetting | null;
}

/** What a setting gives up by applying to `targets` from now on; all that it had, when it is deleted. */
export function uncoveredBy(
  had: readonly Target[],
  targets: readonly Target[],
  after: Holdings,
  placeOf: (target: Target) => Place | null,
): Uncovered[] {
  const kept = new Set(targets.map(targetKey));
  return had
    .filter((target) => !kept.has(targetKey(target)))
    .map((target) => {
      const place = placeOf(target);
      return { target, next: place === null ? null : effectiveSetting(place, after) };
    });
}

/** A target held by a setting. */
export interface Held {
  readonly target: Target;
  readonly settingId: string;
}

/** Zones and sensors below these targets that keep a more specific setting of their own (R3). */
export function exceptionsBelow(
  settingId: string,
  targets: readonly Target[],
  others: Iterable<Held>,
  placeOf: (target: Target) => Place | null,
): Held[] {
  const chosen = new Set(targets.map(targetKey));
  return [...others].filter((other) => {
    if (other.settingId === settingId || chosen.has(targetKey(other.target))) return false;
    const place = placeOf(other.target);
    return place !== null && targetsReaching(place).some((above) => chosen.has(targetKey(above)));
  });
}
