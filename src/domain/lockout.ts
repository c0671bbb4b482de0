import type { GroupMapping } from './group-mapping.ts';
import { targetKey, type Target } from './target.ts';

/** Why a change could lock people out (R9). */
export type LockoutReason = 'no_admin_group' | 'own_admin_lost';

export interface LockoutRisk {
  readonly target: Target;
  readonly reason: LockoutReason;
}

/**
 * The targets that a change would leave without an Admin group, and those where the person making
 * it would no longer be Admin. `keepsAdmin` tells whether they still are after the change.
 */
export function lockoutRisks(
  mapping: GroupMapping,
  targets: readonly Target[],
  keepsAdmin: (target: Target) => boolean,
): LockoutRisk[] {
  return targets.flatMap((target): LockoutRisk[] => {
    if (mapping.admin.length === 0) return [{ target, reason: 'no_admin_group' }];
    return keepsAdmin(target) ? [] : [{ target, reason: 'own_admin_lost' }];
  });
}

/** R9: refused unless the request acknowledges each of those targets. */
export function unacknowledged(
  risks: readonly LockoutRisk[],
  acknowledged: readonly Target[],
): LockoutRisk[] {
  const keys = new Set(acknowledged.map(targetKey));
  return risks.filter((risk) => !keys.has(targetKey(risk.target)));
}
