import type { SsoSetting } from '../src/contract/sso-settings.ts';
import { createSetting, importSensors, siteGroups } from './api.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';

/** The demo's sensors, and a setting for one of their sites. */
export interface SettingWorld extends AdminWorld {
  readonly antwerp: SsoSetting;
}

export async function startSettingWorld(): Promise<SettingWorld> {
  const started = await startAdminWorld({ prepare: ({ api }) => importSensors(api) });
  const groups = siteGroups.antwerp;
  const antwerp = await createSetting(started.api, 'Antwerp sign-in', groups, ['Antwerp']);
  return { ...started, antwerp };
}
