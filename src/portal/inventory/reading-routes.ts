import { getSensor, getSite, listSensors, listSites } from '../../contract/inventory.ts';
import { notFound } from '../../server/problem-error.ts';
import type { Routes } from '../http/serve.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import type { Drizzle } from '../storage/database.ts';
import { byName } from './name-order.ts';
import type { DeliveryOf } from './delivery-of.ts';
import { sensorPage } from './sensor-list.ts';
import { sensorSummaries } from './sensor-summaries.ts';
import { siteDetailFor, siteSummaryFor } from './site-views.ts';

/** How far delivery has come by now, for one pass over many sensors. */
export type DeliveryBy = (snapshot: AccessSnapshot) => Promise<DeliveryOf>;

/** Sites and sensors, as far as the asker has a role there; all else isn't there for them (R10). */
export function readingRoutes(db: Drizzle, deliveryBy: DeliveryBy): Routes {
  return (serve) => {
    serve(listSites, ({ asker }) => {
      const sites = [...asker.snapshot.sites.values()].toSorted(byName);
      return { sites: sites.flatMap((site) => siteSummaryFor(asker, site) ?? []) };
    });

    serve(getSite, async ({ asker, params }) => {
      const site = asker.snapshot.sites.get(params.siteId);
      const deliveryOf = await deliveryBy(asker.snapshot);
      const detail = site === undefined ? null : siteDetailFor(asker, site, deliveryOf);
      if (detail === null) throw notFound('site');
      return detail;
    });

    serve(listSensors, async ({ asker, query }) => {
      const deliveryOf = await deliveryBy(asker.snapshot);
      const { sensors, total, next } = sensorPage(asker, query, deliveryOf);
      return { sensors: await sensorSummaries(db, asker, sensors, deliveryOf), total, next };
    });

    serve(getSensor, async ({ asker, params }) => {
      const sensor = asker.snapshot.sensors.get(params.sensorId);
      const wanted = sensor === undefined ? [] : [sensor];
      const deliveryOf = await deliveryBy(asker.snapshot);
      const [summary] = await sensorSummaries(db, asker, wanted, deliveryOf);
      if (summary === undefined) throw notFound('sensor');
      return summary;
    });
  };
}
