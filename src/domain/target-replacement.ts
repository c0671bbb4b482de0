import type { Holdings } from './effective-setting.ts';
import { targetKey, type Target } from './target.ts';

/** Taking a target that another setting holds (R4). */
export interface Replacement {
  readonly target: Target;
  readonly settingId: string;
}

/** What a setting would take from others by applying to these targets. `settingId` is null for one that is being created. */
export function replacementsBy(
  settingId: string | null,
  targets: readonly Target[],
  holdings: Holdings,
): Replacement[] {
  return targets.flatMap((target) => {
    const holder = holdings.get(targetKey(target));
    return holder === undefined || holder === settingId ? [] : [{ target, settingId: holder }];
  });
}

/** R4: a request must name exactly what it replaces; anything else is answered 409 with the current list. */
export function namesReplacements(
  named: readonly Replacement[],
  found: readonly Replacement[],
): boolean {
  const key = (one: Replacement) => `${targetKey(one.target)}>${one.settingId.toLowerCase()}`;
  const namedKeys = new Set(named.map(key));
  return namedKeys.size === found.length && found.every((one) => namedKeys.has(key(one)));
}
