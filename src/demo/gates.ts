import type { PortalApi } from './portal-api.ts';
import { demoSite } from './seed.ts';

/** A sensor of the demo that has a gate. */
export interface GateSensor {
  /** Which setting counts there. */
  readonly rule: string;
  readonly name: string;
  /** Its gate listens on the portal's port plus this. */
  readonly portOffset: number;
}

/** One under the site's setting, one under the exception of its zone. */
export const gateSensors: readonly GateSensor[] = [
  { name: 'ANT-CU2-01', portOffset: 10, rule: 'the setting of its site' },
  { name: 'ANT-TF-01', portOffset: 11, rule: 'the exception of its zone' },
];

/** What a gate enrols with. */
export interface Enrolment {
  readonly token: string;
  readonly portalUrl: string;
  readonly fingerprint: string;
}

/** A one-time token for the gate of this sensor; null where the inventory has no such sensor. */
export async function createEnrolment(api: PortalApi, name: string): Promise<Enrolment | null> {
  const { body } = await api.get<{ sites: { id: string; name: string }[] }>('/sites');
  const site = body.sites.find((each) => each.name === demoSite);
  if (site === undefined) return null;
  const { body: detail } = await api.get<{
    zoneList: { sensors: { id: string; name: string }[] }[];
  }>(`/sites/${site.id}`);
  const sensors = detail.zoneList.flatMap((zone) => zone.sensors);
  const sensor = sensors.find((each) => each.name === name);
  if (sensor === undefined) return null;
  const path = `/sensors/${sensor.id}/gate`;
  const { body: current } = await api.get<{ gate: { id: string } | null }>(path);
  const replaces = current.gate?.id ?? null;
  const answer = await api.send<Enrolment>('POST', `${path}/enrolment`, { body: { replaces } });
  return answer.body;
}
