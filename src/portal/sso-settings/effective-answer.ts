import type { z } from 'zod';
import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { effectiveSettingAnswer } from '../../contract/sso-settings.ts';
import { settingRoleAt } from '../../domain/access.ts';
import { effectiveSetting, type Holding } from '../../domain/effective-setting.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import { requireAt, type Asker } from '../http/asker.ts';
import { notFound } from '../../server/problem-error.ts';
import { placeOf, sensorPlace } from '../storage/access-snapshot.ts';
import { namedTarget } from './named-target.ts';

type Answer = z.output<typeof effectiveSettingAnswer>;

/** Which setting wins at a sensor and why, what it gives to the asker, and the settings it shadows that they may see. */
export function effectiveAnswer(asker: Asker, sensorId: string): Answer {
  const { principal, snapshot } = asker;
  requireAt(asker, 'ssoSetting.view', { kind: 'sensor', id: sensorId });
  const sensor = snapshot.sensors.get(sensorId);
  if (sensor === undefined) throw notFound('sensor');
  const place = sensorPlace(sensor);
  const winner = effectiveSetting(place, snapshot.holdings);
  const mapped =
    principal.kind === 'recovery' ? null : settingRoleAt(place, principal.groups, snapshot).setting;
  return {
    sensorId: sensor.id,
    effective: winner === null ? null : (effective(asker, winner) ?? null),
    shadows: (winner?.shadows ?? []).flatMap((one) => shadow(asker, one)),
    yours: mapped === null ? null : { role: mapped.role, through: [...mapped.through] },
    supportsSso: supportsSso(sensor.version),
  };
}

function effective({ snapshot }: Asker, { settingId, level, target }: Holding) {
  const setting = snapshot.settings.get(settingId);
  const [named] = namedTarget(target, snapshot);
  if (setting === undefined || named === undefined) return undefined;
  return {
    settingId,
    settingName: setting.name,
    version: setting.version,
    level,
    target: named,
    clientId: setting.clientId,
    permissions: mappingAnswer(setting.permissions),
    consoleRules: consoleRulesAnswer(setting.consoleRules),
  };
}

function shadow(asker: Asker, { settingId, level, target }: Holding): Answer['shadows'] {
  const { snapshot } = asker;
  const place = placeOf(target, snapshot);
  const setting = snapshot.settings.get(settingId);
  const [named] = namedTarget(target, snapshot);
  if (place === null || setting === undefined || named === undefined) return [];
  if (!asker.allows('ssoSetting.view', place)) return [];
  return [{ settingId, settingName: setting.name, level, target: named }];
}
