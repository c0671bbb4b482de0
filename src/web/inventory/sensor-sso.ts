import type { SensorSummary } from '../../contract/inventory.ts';
import { firstVersionWithSso } from '../../domain/sensor-version.ts';

export type SsoState = 'on' | 'off' | 'unsupported';

export interface SensorSso {
  readonly state: SsoState;
  /** A word or two for a table. */
  readonly label: string;
  /** A sentence that says why. */
  readonly reason: string;
}

type Sensor = Pick<SensorSummary, 'version' | 'supportsSso' | 'ssoLevel'>;

const levelNames = { site: 'its site', zone: 'its zone', sensor: 'the sensor itself' } as const;

/** Whether people can sign in to a sensor with SSO, as far as its software and its setting decide. */
export function sensorSso(sensor: Sensor): SensorSso {
  if (sensor.supportsSso !== true) {
    return {
      state: 'unsupported',
      label: 'Unsupported',
      reason:
        sensor.supportsSso === false
          ? `Version ${sensor.version} is too old: SSO needs ${firstVersionWithSso} or later.`
          : `${versionWords(sensor.version)}, so SSO isn’t assumed to work.`,
    };
  }
  if (sensor.ssoLevel === null) {
    return { state: 'off', label: 'Off', reason: 'No SSO setting reaches this sensor.' };
  }
  return {
    state: 'on',
    label: `On, from ${sensor.ssoLevel}`,
    reason: `The SSO setting of ${levelNames[sensor.ssoLevel]} applies.`,
  };
}

function versionWords(version: string): string {
  return version === '' ? 'Its version isn’t known' : `The version “${version}” can’t be read`;
}
