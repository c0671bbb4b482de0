import type { ResponseOf } from '../../contract/endpoint.ts';
import type { SensorSummary } from '../../contract/inventory.ts';
import type { getEffectiveSetting } from '../../contract/sso-settings.ts';
import type { TargetKind } from '../../domain/target.ts';

export type EffectiveSettingAnswer = ResponseOf<typeof getEffectiveSetting>;

export type LevelStanding = 'wins' | 'shadowed' | 'none';

/** One level on the way down to a sensor, and what its own setting does there. */
export interface InheritanceLevel {
  readonly kind: TargetKind;
  readonly name: string;
  readonly standing: LevelStanding;
  readonly setting: { readonly settingId: string; readonly settingName: string } | null;
}

type Sensor = Pick<SensorSummary, 'siteName' | 'zoneName' | 'name'>;

/** Site, zone, sensor, as R3 reads them upwards: the most specific setting wins whole. */
export function inheritanceLevels(
  sensor: Sensor,
  { effective, shadows }: Pick<EffectiveSettingAnswer, 'effective' | 'shadows'>,
): InheritanceLevel[] {
  const names = { site: sensor.siteName, zone: sensor.zoneName, sensor: sensor.name };
  return (['site', 'zone', 'sensor'] as const).map((kind): InheritanceLevel => {
    const shadowed = shadows.find((one) => one.level === kind);
    if (effective !== null && effective.level === kind) {
      return { kind, name: names[kind], standing: 'wins', setting: effective };
    }
    return {
      kind,
      name: names[kind],
      standing: shadowed === undefined ? 'none' : 'shadowed',
      setting: shadowed ?? null,
    };
  });
}
