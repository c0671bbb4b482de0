import type { z } from 'zod';
import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { SsoSetting, ssoSettingVersion } from '../../contract/sso-settings.ts';
import { defaultConsoleRules } from '../../domain/console-rules.ts';
import type { Asker } from '../http/asker.ts';
import { placeOf, type AccessSnapshot } from '../storage/access-snapshot.ts';
import type { StoredActor } from '../storage/schema.ts';
import { namedTarget, namedTargets } from './named-target.ts';
import { mayEdit } from './setting-rights.ts';
import type { StoredSetting, StoredVersion } from './stored-settings.ts';

/** A setting as it is told to somebody who may see it. `sensors`: how many it is effective for. */
export function settingAnswer(asker: Asker, setting: StoredSetting, sensors: number): SsoSetting {
  return {
    id: setting.id,
    revision: revisionOf(setting),
    version: setting.version,
    subscriptionName: setting.subscriptionName,
    type: 'singleSignOn',
    name: setting.name,
    description: setting.description,
    clientId: setting.clientId,
    tenantId: setting.tenantId,
    permissions: mappingAnswer(setting.permissions),
    consoleRules: consoleRulesAnswer(setting.consoleRules ?? defaultConsoleRules),
    targets: namedTargets(setting.targets, asker.snapshot),
    sensors,
    createdAt: setting.createdAt.toISOString(),
    changedAt: setting.changedAt.toISOString(),
    changedBy: personAnswer(setting.changedBy),
    mayEdit: mayEdit(asker, setting),
  };
}

/** What `ETag` and `If-Match` compare (R7). */
export function revisionOf(setting: { readonly version: number }): string {
  return String(setting.version);
}

/** A version; of its targets those that the asker still sees. */
export function versionAnswer(
  asker: Asker,
  { version, at, by, reason, change, document }: StoredVersion,
): z.output<typeof ssoSettingVersion> {
  const { snapshot } = asker;
  return {
    version,
    at: at.toISOString(),
    by: personAnswer(by),
    reason,
    change,
    name: document.name,
    permissions: mappingAnswer(document.permissions),
    consoleRules: consoleRulesAnswer(document.consoleRules ?? defaultConsoleRules),
    targets: document.targets.flatMap((target) => {
      const place = placeOf(target, snapshot);
      return place !== null && asker.roleAt(place) !== null ? namedTarget(target, snapshot) : [];
    }),
  };
}

export function settingName(id: string, snapshot: AccessSnapshot): string {
  return snapshot.settings.get(id)?.name ?? '';
}

function personAnswer({ name, objectId }: StoredActor): SsoSetting['changedBy'] {
  return { name, objectId };
}
