import { getSensor, getSite, listSensors, listSites } from '../../contract/inventory.ts';
import { notFound } from '../../server/problem-error.ts';
import type { Routes } from '../http/serve.ts';
import type { Drizzle } from '../storage/database.ts';
import { byName } from './name-order.ts';
import { sensorPage } from './sensor-list.ts';
import { sensorSummaries } from './sensor-summaries.ts';
import { siteDetailFor, siteSummaryFor } from './site-views.ts';

/** Sites and sensors, as far as the asker has a role there; all else isn't there for them (R10). */
export function readingRoutes(db: Drizzle): Routes {
  return (serve) => {
    serve(listSites, ({ asker }) => {
      const sites = [...asker.snapshot.sites.values()].toSorted(byName);
      return { sites: sites.flatMap((site) => siteSummaryFor(asker, site) ?? []) };
    });

    serve(getSite, ({ asker, params }) => {
      const site = asker.snapshot.sites.get(params.siteId);
      const detail = site === undefined ? null : siteDetailFor(asker, site);
      if (detail === null) throw notFound('site');
      return detail;
    });

    serve(listSensors, async ({ asker, query }) => {
      const { sensors, total, next } = sensorPage(asker, query);
      return { sensors: await sensorSummaries(db, asker, sensors), total, next };
    });

    serve(getSensor, async ({ asker, params }) => {
      const sensor = asker.snapshot.sensors.get(params.sensorId);
      const [summary] = await sensorSummaries(db, asker, sensor === undefined ? [] : [sensor]);
      if (summary === undefined) throw notFound('sensor');
      return summary;
    });
  };
}
