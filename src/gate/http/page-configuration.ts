import type { PageConfiguration } from '../../contract/configuration.ts';
import type { Bundle } from '../../contract/gate-protocol.ts';
import { spaProviderOf } from '../../entra/spa-provider.ts';
import type { PageOrigins } from '../../server/page-headers.ts';

/** What the page must know at load, by the bundle; a setting's client is its API as well. */
export function sensorPage(bundle: Bundle | null, version: string): PageConfiguration {
  const setting = bundle?.setting ?? null;
  const sensor = bundle?.sensor ?? null;
  return {
    surface: 'sensor',
    name: sensor?.name ?? 'Gatehouse',
    version,
    provider:
      bundle === null || setting === null
        ? null
        : spaProviderOf(
            {
              tenantId: setting.tenantId,
              clientId: setting.clientId,
              apiClientId: setting.clientId,
            },
            bundle.entra,
          ),
    providers: [],
    sensor:
      sensor === null
        ? null
        : {
            id: sensor.id,
            name: sensor.name,
            siteName: sensor.siteName,
            zoneName: sensor.zoneName,
          },
  };
}

/** Where the page may connect to. */
export function pageOrigins(bundle: Bundle | null): PageOrigins {
  if (bundle === null) return { login: '', graph: '' };
  const { loginUrl, graphUrl } = bundle.entra;
  return { login: new URL(loginUrl).origin, graph: new URL(graphUrl).origin };
}
