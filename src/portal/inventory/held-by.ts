import type { SiteSummary } from '../../contract/inventory.ts';
import { targetKey, type Place, type Target } from '../../domain/target.ts';
import type { Asker } from '../http/asker.ts';

/** What lists say of a target: the setting that it has itself, and whether the asker may choose it. */
export interface TargetState {
  readonly heldBy: SiteSummary['heldBy'];
  readonly maySet: boolean;
}

/** The setting is told only to those who may see settings there. */
export function targetState(asker: Asker, target: Target, place: Place): TargetState {
  const { holdings, settings } = asker.snapshot;
  const setting = settings.get(holdings.get(targetKey(target)) ?? '');
  const seen = setting !== undefined && asker.allows('ssoSetting.view', place);
  return {
    heldBy: seen ? { settingId: setting.id, settingName: setting.name } : null,
    maySet: asker.allows('ssoSetting.edit', place),
  };
}
