import { deliveryStates, type DeliveryState } from '../../domain/delivery.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import { sameTarget, type Target } from '../../domain/target.ts';
import type { Asker } from '../http/asker.ts';
import {
  sensorPlace,
  type AccessSnapshot,
  type SnapshotSensor,
} from '../storage/access-snapshot.ts';
import type { DeliveryNow } from './delivery.ts';

export interface DeliveryFilter {
  /** Sensors whose effective setting it is. */
  readonly settingId?: string | undefined;
  readonly siteId?: string | undefined;
}

export interface DeliveryCounts {
  readonly total: number;
  readonly states: Record<DeliveryState, number>;
  readonly failed: readonly SnapshotSensor[];
}

/** Milliseconds for which sensors are counted before others get their turn. */
const slice = 10;
const lookAtClockEvery = 256;

/** Counts the sensors that the asker sees and that match, in slices: 100,000 hold nobody up. */
export async function countDelivery(
  asker: Asker,
  delivery: DeliveryNow,
  filter: DeliveryFilter = {},
): Promise<DeliveryCounts> {
  const seesAll = asker.portalRole !== null;
  const states = noneOfEach();
  const failed: SnapshotSensor[] = [];
  let total = 0;
  let looked = 0;
  let until = performance.now() + slice;
  for (const sensor of matching(asker.snapshot, filter)) {
    looked += 1;
    if (looked % lookAtClockEvery === 0 && performance.now() > until) {
      await nextTurn();
      until = performance.now() + slice;
    }
    if (!seesAll && asker.roleAt(sensorPlace(sensor)) === null) continue;
    const state = delivery.stateOf(sensor);
    states[state] += 1;
    total += 1;
    if (state === 'failed') failed.push(sensor);
  }
  return { total, states, failed };
}

/** Only what can match is looked at: a progress bar asks for one setting again and again. */
function* matching(
  snapshot: AccessSnapshot,
  { settingId, siteId }: DeliveryFilter,
): Generator<SnapshotSensor> {
  if (settingId === undefined) {
    if (siteId === undefined) yield* snapshot.sensors.values();
    else yield* sensorsIn({ kind: 'site', id: siteId }, snapshot);
    return;
  }
  for (const target of snapshot.settings.get(settingId)?.targets ?? []) {
    for (const sensor of sensorsIn(target, snapshot)) {
      if (siteId !== undefined && sensor.zone.site.id !== siteId) continue;
      const winner = effectiveSetting(sensorPlace(sensor), snapshot.holdings);
      // Where the setting holds a place and one inside it, the sensor counts at the one that wins.
      if (winner !== null && sameTarget(winner.target, target)) yield sensor;
    }
  }
}

function* sensorsIn({ kind, id }: Target, snapshot: AccessSnapshot): Generator<SnapshotSensor> {
  if (kind === 'site') {
    for (const zone of snapshot.sites.get(id)?.zones ?? []) yield* zone.sensors;
  } else if (kind === 'zone') {
    yield* snapshot.zones.get(id)?.sensors ?? [];
  } else {
    const sensor = snapshot.sensors.get(id);
    if (sensor !== undefined) yield sensor;
  }
}

function noneOfEach(): Record<DeliveryState, number> {
  return Object.fromEntries(deliveryStates.map((state) => [state, 0])) as Record<
    DeliveryState,
    number
  >;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
