import { getSensorGate } from '../../contract/gates.ts';
import type { ResponseOf } from '../../contract/endpoint.ts';
import { notFound } from '../../server/problem-error.ts';
import { requireAt, type Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import type { Database } from '../storage/database.ts';
import type { OutboundAddresses } from './allow-rules.ts';
import { deliveryNow, type DeliverySource } from './delivery.ts';
import { deliveryStatus } from './delivery-status.ts';
import { bundleEnd, gateAnswer, readLiveGate } from './gate-answer.ts';
import { pendingSince } from './pending-since.ts';

export interface SensorGateDeps extends DeliverySource {
  readonly database: Pick<Database, 'db'>;
  readonly addresses: OutboundAddresses;
}

/** The gate of a sensor, for those who may see gates there. */
export function sensorGateRoutes(deps: SensorGateDeps): Routes {
  return (serve) => {
    serve(getSensorGate, ({ asker, params }) => sensorGate(deps, asker, params.sensorId));
  };
}

async function sensorGate(
  deps: SensorGateDeps,
  asker: Asker,
  sensorId: string,
): Promise<ResponseOf<typeof getSensorGate>> {
  const place = requireAt(asker, 'gate.view', { kind: 'sensor', id: sensorId });
  const { snapshot } = asker;
  const sensor = snapshot.sensors.get(sensorId);
  if (sensor === undefined) throw notFound('sensor');
  const { db } = deps.database;
  const delivery = await deliveryNow(deps);
  const row = await readLiveGate(db, sensorId);
  const known = deps.directory.ofSensor(sensorId);
  // One that was enrolled or revoked this very moment counts as it does in every list.
  const gate = known?.id === row?.id ? known : null;
  const state = delivery.stateOf(sensor);
  const mayEnrol = asker.allows('gate.enrol', place);
  if (row === null || gate === null) {
    return { delivery: deliveryStatus(state, sensor, null, null), gate: null, mayEnrol };
  }
  const since =
    state === 'pending' ? await pendingSince(db, row, gate.appliedAt, sensor, snapshot) : null;
  const concerns = { clockOffset: row.clockOffset, pendingSince: since };
  const end = await bundleEnd(db, gate, gate.appliedTag === delivery.wantedOf(gate));
  return {
    delivery: deliveryStatus(state, sensor, gate, concerns),
    gate: gateAnswer(row, gate, end, deps.addresses),
    mayEnrol,
  };
}
