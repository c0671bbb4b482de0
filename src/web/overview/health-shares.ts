import type { Overview } from '../../contract/overview.ts';
import { paths } from '../paths.ts';
import type { Share, ShareColor } from '../ui/share-bar.tsx';

const colors: Readonly<Record<string, ShareColor>> = {
  healthy: 'good',
  outdated: 'warning',
  'pending activation': 'warning',
  disconnected: 'bad',
  unsupported: 'bad',
};

/** Sensors by health, most first; healthy ones lead. Each leads to its sensors. */
export function healthShares(sensorsByHealth: Overview['sensorsByHealth']): Share[] {
  const isHealthy = (health: string) => Number(health.toLowerCase() === 'healthy');
  return sensorsByHealth
    .toSorted((a, b) => isHealthy(b.health) - isHealthy(a.health) || b.sensors - a.sensors)
    .map(({ health, sensors }) => ({
      label: health === '' ? 'Not known' : health,
      count: sensors,
      color: colors[health.toLowerCase()] ?? 'plain',
      to: `${paths.sensors()}?${new URLSearchParams({ health }).toString()}`,
    }));
}

/** Sensors by what SSO is to them. */
export function ssoShares({ on, off, unsupported }: Overview['sso']): Share[] {
  const list = (sso: string) => `${paths.sensors()}?sso=${sso}`;
  return [
    { label: 'SSO on', count: on, color: 'brand', to: list('on') },
    { label: 'No setting reaches them', count: off, color: 'plain', to: list('off') },
    {
      label: 'Software too old for SSO',
      count: unsupported,
      color: 'warning',
      to: list('unsupported'),
    },
  ];
}
