import { getDelivery, type Delivery } from '../../contract/gates.ts';
import type { Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import {
  countDelivery,
  deliveryNow,
  type DeliveryFilter,
  type DeliverySource,
} from './delivery.ts';
import { deliveryStatus } from './delivery-status.ts';

/** So many of those that failed are named. */
const mostNamed = 20;

/** How many sensors have what the portal wants them to have, of those that the asker sees. */
export function deliveryRoutes(source: DeliverySource): Routes {
  return (serve) => {
    serve(getDelivery, ({ asker, query }) => deliveryAnswer(source, asker, query));
  };
}

async function deliveryAnswer(
  source: DeliverySource,
  asker: Asker,
  filter: DeliveryFilter,
): Promise<Delivery> {
  const { total, states, failed } = countDelivery(asker, await deliveryNow(source), filter);
  const named = failed
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .slice(0, mostNamed);
  const failures = named.map((sensor) => {
    const gate = source.directory.ofSensor(sensor.id);
    const status = deliveryStatus('failed', sensor, gate, null);
    return { sensorId: sensor.id, sensorName: sensor.name, status };
  });
  return { total, states, failures };
}
