import type { BodyOf } from '../../contract/endpoint.ts';
import type { reviewSsoSetting, SsoSettingReview } from '../../contract/sso-settings.ts';
import type { Asker } from '../http/asker.ts';
import { checkTargets } from './check-targets.ts';
import { reviewOf } from './consequences.ts';
import { editableSetting } from './editable-setting.ts';
import type { SettingDeps } from './setting-turn.ts';
import { requireFreeName } from './store-setting.ts';

// No setting has the nil UUID: it stands for the one that isn't there yet.
const nobody = '00000000-0000-0000-0000-000000000000';

/** What creating or changing a setting would do; refuses what the change itself would refuse. */
export async function reviewSetting(
  { database }: Pick<SettingDeps, 'database'>,
  asker: Asker,
  body: BodyOf<typeof reviewSsoSetting>,
): Promise<SsoSettingReview> {
  const { settingId, targets, permissions, subscriptionName, name } = body;
  const had = await database.db.transaction(async (tx) => {
    const setting = settingId === null ? null : await editableSetting(tx, asker, settingId);
    checkTargets(asker, targets, subscriptionName);
    await requireFreeName(tx, name, settingId ?? nobody);
    return setting?.targets ?? [];
  });
  return reviewOf(asker, { settingId: settingId ?? nobody, had, targets, permissions });
}
