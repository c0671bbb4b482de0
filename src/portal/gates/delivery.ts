import { deliveryState, type DeliveryState } from '../../domain/delivery.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import type { SnapshotSensor } from '../storage/access-snapshot.ts';
import type { BundleContents } from './bundle-content.ts';
import type { Gate } from './gate.ts';
import type { GateDirectory } from './gate-directory.ts';

export interface DeliverySource {
  readonly directory: Pick<GateDirectory, 'ofSensor'>;
  /** What gates should hold now. */
  readonly wanted: () => Promise<Pick<BundleContents, 'tagOf'>>;
  readonly now: () => Date;
}

type Sensor = Pick<SnapshotSensor, 'id' | 'version'>;

/** How far delivery has come, as of one moment: asked of memory, so that 100,000 sensors are one pass. */
export interface DeliveryNow {
  readonly stateOf: (sensor: Sensor) => DeliveryState;
  /** What its bundle should have, or '' while nobody knows. */
  readonly wantedOf: (gate: Gate) => string;
}

export async function deliveryNow({
  directory,
  wanted,
  now,
}: DeliverySource): Promise<DeliveryNow> {
  const contents = await wanted();
  const moment = now().getTime();
  const supports = new Map<string, boolean | null>();
  const supported = (version: string) => {
    let answer = supports.get(version);
    if (answer === undefined) {
      answer = supportsSso(version);
      supports.set(version, answer);
    }
    return answer;
  };
  const wantedOf = (gate: Gate) => contents.tagOf(gate) ?? '';
  return {
    wantedOf,
    stateOf({ id, version }) {
      const gate = directory.ofSensor(id);
      return deliveryState(
        supported(version),
        gate === null ? null : progressOf(gate, wantedOf(gate)),
        moment,
      );
    },
  };
}

/** A failure without a tag is of something that couldn't even be read: of what it was sent last. */
function progressOf({ appliedTag, failure, lastSeenAt }: Gate, wanted: string) {
  const failed = failure === null ? null : (failure.tag ?? wanted);
  return { wanted, applied: appliedTag, failed, lastSeenAt };
}
