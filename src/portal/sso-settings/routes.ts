import {
  changeSsoSetting,
  createSsoSetting,
  getEffectiveSetting,
  getSsoSetting,
  listSsoSettings,
  listSsoSettingVersions,
  reviewSsoSetting,
} from '../../contract/sso-settings.ts';
import { deleteSsoSetting, reviewSsoSettingDeletion } from '../../contract/sso-setting-deletion.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { notFound } from '../../server/problem-error.ts';
import type { Routes } from '../http/serve.ts';
import { deleteSetting, reviewDeletion } from './delete-setting.ts';
import { effectiveAnswer } from './effective-answer.ts';
import { reviewSetting } from './review-setting.ts';
import { sensorCounts } from './sensor-counts.ts';
import { settingAnswer, versionAnswer } from './setting-answer.ts';
import { maySee } from './setting-rights.ts';
import type { SettingDeps } from './setting-turn.ts';
import { readSetting, readSettings, readVersions } from './stored-settings.ts';
import { changeSetting, createSetting } from './write-setting.ts';

/** SSO settings: reading, reviewing, creating, changing and deleting them, and which one wins where. */
export function ssoSettingRoutes(deps: SettingDeps): Routes {
  const { db } = deps.database;
  return (serve) => {
    serve(listSsoSettings, async ({ asker }) => {
      const counts = sensorCounts(asker.snapshot);
      const settings = (await readSettings(db)).filter((setting) => maySee(asker, setting));
      return {
        settings: settings.map((one) => settingAnswer(asker, one, counts.get(one.id) ?? 0)),
      };
    });

    serve(getSsoSetting, async ({ asker, params }) => {
      const setting = await readSetting(db, params.settingId);
      if (setting === null || !maySee(asker, setting)) throw notFound('SSO setting');
      return settingAnswer(asker, setting, sensorCounts(asker.snapshot).get(setting.id) ?? 0);
    });

    serve(listSsoSettingVersions, async ({ asker, params }) => {
      const setting = await readSetting(db, params.settingId);
      // Of a deleted one only portal roles see the history: its targets are nobody's any more.
      const seen =
        setting === null ? roleAllows(asker.portalRole, 'ssoSetting.view') : maySee(asker, setting);
      const versions = seen ? await readVersions(db, params.settingId) : [];
      if (versions.length === 0) throw notFound('SSO setting');
      return { versions: versions.map((version) => versionAnswer(asker, version)) };
    });

    serve(reviewSsoSetting, ({ asker, body }) => reviewSetting(deps, asker, body));

    serve(createSsoSetting, ({ asker, address, body }) =>
      createSetting(deps, { asker, address }, body),
    );

    serve(changeSsoSetting, ({ asker, address, params, ifMatch, body }) =>
      changeSetting(deps, { asker, address }, params.settingId, ifMatch, body),
    );

    serve(reviewSsoSettingDeletion, ({ asker, params }) =>
      reviewDeletion(deps, asker, params.settingId),
    );

    serve(deleteSsoSetting, async ({ asker, address, params, query, ifMatch }) => {
      const { acknowledges, reason = '' } = query;
      const confirmation = { acknowledges, reason };
      await deleteSetting(deps, { asker, address }, params.settingId, ifMatch, confirmation);
      return undefined;
    });

    serve(getEffectiveSetting, ({ asker, params }) => effectiveAnswer(asker, params.sensorId));
  };
}
