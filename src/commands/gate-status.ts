import { readGateState, type GateState } from '../gate/gate-state.ts';
import type { StoredIdentity } from '../gate/identity.ts';
import { readGateFolder } from './gate-folder.ts';

const conditions: Readonly<Record<GateState['condition'], string>> = {
  inForce: 'in force',
  noBundle: 'NONE YET: nobody can sign in before the portal has been reached',
  expired: 'EXPIRED: nobody can sign in; reach the portal, or: gatehouse gate recover',
  revoked: 'REVOKED: the portal takes this gate’s key no more; enrol it anew with --replace',
};

/** `gatehouse gate status`: which gate this is, and what is in force. */
export async function showStatus(args: readonly string[]): Promise<void> {
  const { config, identity, publicUrl } = await readGateFolder(args);
  const state = await readGateState(config.dataDir, identity, Date.now());
  console.log(statusText(identity, publicUrl, state));
}

export function statusText(
  identity: StoredIdentity,
  publicUrl: string,
  { bundle, condition, keyFingerprint, queued }: GateState,
): string {
  const setting = bundle?.setting ?? null;
  const facts: readonly (readonly [string, string])[] = [
    [
      'Sensor',
      `${bundle?.sensor.name ?? identity.sensorName} (${bundle?.sensor.siteName ?? identity.siteName})`,
    ],
    ['Address', publicUrl],
    ['Portal', identity.portalUrl],
    ['Gate', identity.gateId],
    ['Key', keyFingerprint ?? 'MISSING: enrol this gate anew with --replace'],
    ['Bundle', conditions[condition]],
    ...(bundle === null
      ? []
      : ([
          ['Number', String(bundle.number)],
          ['Good until', new Date(bundle.exp * 1000).toISOString()],
          [
            'Setting',
            setting === null
              ? 'none: single sign-on is off at this sensor'
              : `${setting.name}, version ${setting.version} (of the ${setting.level})`,
          ],
        ] as const)),
    ['Events', queued === 0 ? 'the portal has all' : `${queued} wait for the portal`],
  ];
  return facts.map(([name, value]) => `${name.padEnd(11)} ${value}`).join('\n');
}
