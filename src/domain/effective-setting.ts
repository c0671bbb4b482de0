import { targetKey, targetsReaching, type Place, type Target, type TargetKind } from './target.ts';

/** Who holds which target: target key to setting id. A target is held by at most one setting (R4). */
export type Holdings = ReadonlyMap<string, string>;

export interface Holding {
  readonly settingId: string;
  readonly level: TargetKind;
  readonly target: Target;
}

export interface EffectiveSetting extends Holding {
  /** Less specific settings that would win if this one weren't there, next in line first. */
  readonly shadows: readonly Holding[];
}

/**
 * The setting that wins at a place, whole (R3): sensor over zone over site.
 * Null where none reaches it: SSO is off there. A place that moves is simply asked again (R5).
 */
export function effectiveSetting(place: Place, holdings: Holdings): EffectiveSetting | null {
  const reaching = targetsReaching(place).flatMap((target): Holding[] => {
    const settingId = holdings.get(targetKey(target));
    return settingId === undefined ? [] : [{ settingId, level: target.kind, target }];
  });
  const [winner, ...shadows] = reaching;
  return winner === undefined ? null : { ...winner, shadows };
}

/** The holdings that a list of settings makes. */
export function holdingsOf(
  settings: Iterable<{ readonly id: string; readonly targets: readonly Target[] }>,
): Map<string, string> {
  const holdings = new Map<string, string>();
  for (const setting of settings) {
    for (const target of setting.targets) holdings.set(targetKey(target), setting.id);
  }
  return holdings;
}
