import type { DeliveryState } from '../../domain/delivery.ts';
import type { SnapshotSensor } from '../storage/access-snapshot.ts';

/** How far delivery to a sensor's gate has come (R14), as of one moment. */
export type DeliveryOf = (sensor: SnapshotSensor) => DeliveryState;
