import type { Asker } from '../http/asker.ts';
import { forbidden, notFound } from '../../server/problem-error.ts';
import type { Transaction } from '../storage/database.ts';
import { mayEdit, maySee } from './setting-rights.ts';
import { readSettingIn, type StoredSetting } from './stored-settings.ts';

/** The setting, for somebody who is Admin at every target it has (R10); 404 or 403 for others. */
export async function editableSetting(
  tx: Transaction,
  asker: Asker,
  settingId: string,
): Promise<StoredSetting> {
  const setting = await readSettingIn(tx, settingId);
  if (setting === null || !maySee(asker, setting)) throw notFound('SSO setting');
  if (mayEdit(asker, setting)) return setting;
  throw forbidden(
    'You must be Admin at every site, zone and sensor that this setting applies to.',
    {
      permission: 'ssoSetting.edit',
    },
  );
}
