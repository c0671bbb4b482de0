import type { z } from 'zod';
import { ssoSetting, type createSsoSetting, type SsoSetting } from '../contract/sso-settings.ts';
import { mapping, type Api, type ApiAnswer, type TestPortal } from './test-portal.ts';

export type SettingBody = z.input<typeof createSsoSetting.body>;

/** Groups that settings of the tests give roles to. */
export const siteGroups = {
  admins: '30000000-0000-4000-8000-000000000001',
  analysts: '30000000-0000-4000-8000-000000000002',
  readers: '30000000-0000-4000-8000-000000000003',
  others: '30000000-0000-4000-8000-000000000004',
};

/** What the wizard sends for a setting with all three roles. */
export function settingBody(changes: Partial<SettingBody> = {}): SettingBody {
  const { admins, analysts, readers } = siteGroups;
  return {
    subscriptionName: 'Contoso OT Benelux',
    type: 'singleSignOn',
    name: 'Antwerp',
    clientId: '3a000000-0000-4000-8000-000000000002',
    tenantId: '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10',
    permissions: mapping({ admin: [admins], securityAnalyst: [analysts], readOnly: [readers] }),
    targets: [],
    allowRulesConfirmed: true,
    ...changes,
  };
}

export async function create(api: Api, body: SettingBody): Promise<ApiAnswer> {
  return api('POST', '/sso-settings', { body });
}

export async function created(api: Api, body: SettingBody): Promise<SsoSetting> {
  return ssoSetting.parse((await create(api, body)).body);
}

/** Changes a setting at the revision that it was answered with. */
export async function change(api: Api, setting: SsoSetting, body: SettingBody): Promise<ApiAnswer> {
  const { id, revision } = setting;
  return api('PUT', `/sso-settings/${id}`, { body, ifMatch: revision });
}

/** Takes all settings away behind the portal's back, and tells it so: each test begins without any. */
export async function clearSettings({ database: { pool } }: TestPortal): Promise<void> {
  await pool.query('delete from sso_setting_targets');
  await pool.query('update sso_settings set deleted_at = now(), name_key = id::text');
  await pool.query("update state_revisions set value = value + 1 where name = 'access'");
  await pool.query("select pg_notify('gatehouse', 'access')");
}
