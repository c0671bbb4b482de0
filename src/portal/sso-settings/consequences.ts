import type { SsoSettingReview } from '../../contract/sso-settings.ts';
import type { Holdings } from '../../domain/effective-setting.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import { lockoutRisks, type LockoutRisk } from '../../domain/lockout.ts';
import {
  exceptionsBelow,
  holdingsAfter,
  uncoveredBy,
  type Held,
  type Uncovered,
} from '../../domain/setting-change.ts';
import { replacementsBy, type Replacement } from '../../domain/target-replacement.ts';
import type { Target } from '../../domain/target.ts';
import type { Asker } from '../http/asker.ts';
import { placeOf, type AccessSnapshot } from '../storage/access-snapshot.ts';
import { byPlace, namedTarget } from './named-target.ts';
import { sensorsUnder } from './sensor-counts.ts';
import { settingName } from './setting-answer.ts';
import { keepsAdmin } from './setting-rights.ts';

/** A setting that is about to apply to `targets`, having applied to `had`. */
export interface SettingChange {
  readonly settingId: string;
  readonly had: readonly Target[];
  readonly targets: readonly Target[];
  readonly permissions: GroupMapping;
}

export interface Consequences {
  readonly after: Holdings;
  readonly replacements: readonly Replacement[];
  readonly uncovered: readonly Uncovered[];
  readonly risks: readonly LockoutRisk[];
}

/** What a change does to others and to the person making it: R4, R6 and R9. */
export function consequencesOf(asker: Asker, change: SettingChange): Consequences {
  const { snapshot } = asker;
  const { settingId, had, targets, permissions } = change;
  const after = holdingsAfter(settingId, targets, snapshot.holdings);
  const uncovered = uncoveredBy(had, targets, after, (target) => placeOf(target, snapshot));
  const riskAt = (mapping: GroupMapping, at: readonly Target[]) =>
    lockoutRisks(mapping, at, () => keepsAdmin(asker, mapping));
  const mappingOf = (id: string | undefined) => {
    if (id === settingId) return permissions;
    return snapshot.mappings.get(id ?? '') ?? emptyMapping;
  };
  return {
    after,
    replacements: replacementsBy(settingId, targets, snapshot.holdings),
    uncovered,
    risks: [
      ...riskAt(permissions, targets),
      ...uncovered.flatMap(({ target, next }) => riskAt(mappingOf(next?.settingId), [target])),
    ],
  };
}

/** The consequences as the Review step shows them. */
export function reviewOf(asker: Asker, change: SettingChange): SsoSettingReview {
  const { snapshot } = asker;
  const { after, replacements, uncovered, risks } = consequencesOf(asker, change);
  const place = (target: Target) => placeOf(target, snapshot);
  const seen = (held: Held) => {
    const at = place(held.target);
    return at !== null && asker.allows('ssoSetting.view', at);
  };
  const exceptions = exceptionsBelow(change.settingId, change.targets, allHeld(snapshot), place);
  return {
    replacements: namedHoldings(replacements, snapshot),
    lockoutRisks: namedRisks(risks, snapshot),
    uncovered: namedUncovered(uncovered, snapshot),
    ...sensorsUnder(change.settingId, after, snapshot),
    exceptions: namedHoldings(exceptions.filter(seen), snapshot),
  };
}

function allHeld(snapshot: AccessSnapshot): Held[] {
  return [...snapshot.settings.values()].flatMap(({ id, targets }) =>
    targets.map((target) => ({ target, settingId: id })),
  );
}

export function namedHoldings(
  held: readonly Held[],
  snapshot: AccessSnapshot,
): SsoSettingReview['replacements'] {
  return held
    .flatMap(({ target, settingId }) =>
      namedTarget(target, snapshot).map((named) => ({
        target: named,
        settingId,
        settingName: settingName(settingId, snapshot),
      })),
    )
    .sort((a, b) => byPlace(a.target, b.target));
}

export function namedRisks(
  risks: readonly LockoutRisk[],
  snapshot: AccessSnapshot,
): SsoSettingReview['lockoutRisks'] {
  return risks.flatMap(({ target, reason }) =>
    namedTarget(target, snapshot).map((named) => ({ target: named, reason })),
  );
}

export function namedUncovered(
  uncovered: readonly Uncovered[],
  snapshot: AccessSnapshot,
): SsoSettingReview['uncovered'] {
  return uncovered.flatMap(({ target, next }) =>
    namedTarget(target, snapshot).map((named) => ({
      target: named,
      next:
        next === null
          ? null
          : {
              settingId: next.settingId,
              settingName: settingName(next.settingId, snapshot),
              level: next.level,
            },
    })),
  );
}
