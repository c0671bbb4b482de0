import { getDelivery, type Delivery } from '../../contract/gates.ts';
import type { Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { countDelivery, type DeliveryFilter } from './count-delivery.ts';
import { deliveryNow, type DeliverySource } from './delivery.ts';
import { deliveryStatus } from './delivery-status.ts';

/** So many of those that failed are named. */
const mostNamed = 20;

interface Counting {
  readonly snapshot: AccessSnapshot;
  readonly answer: Promise<Delivery>;
}

/** How many sensors have what the portal wants them to have, of those that the asker sees. */
export function deliveryRoutes(source: DeliverySource): Routes {
  const running = new Map<string, Counting>();

  /** Portal roles all see the same: those who ask while it is being counted share the answer. */
  function shared(asker: Asker, filter: DeliveryFilter): Promise<Delivery> {
    const { snapshot } = asker;
    const key = `${filter.settingId ?? ''} ${filter.siteId ?? ''}`;
    const known = running.get(key);
    if (known?.snapshot === snapshot) return known.answer;
    const answer = deliveryAnswer(source, asker, filter).finally(() => {
      if (running.get(key)?.answer === answer) running.delete(key);
    });
    running.set(key, { snapshot, answer });
    return answer;
  }

  return (serve) => {
    serve(getDelivery, ({ asker, query }) =>
      asker.portalRole === null ? deliveryAnswer(source, asker, query) : shared(asker, query),
    );
  };
}

async function deliveryAnswer(
  source: DeliverySource,
  asker: Asker,
  filter: DeliveryFilter,
): Promise<Delivery> {
  const { total, states, failed } = await countDelivery(asker, await deliveryNow(source), filter);
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
