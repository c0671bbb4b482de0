// Sensors and enrolled gates by the thousand, written straight into a bench portal's database.
import { openDatabase } from '../dist/portal/storage/database.js';
import { simulatedGate, simulatedId } from './simulated-gates.js';

const sensorsPerZone = 50;
const zonesPerSite = 2;
const chunk = 5_000;

/** Ids of the sites that so many sensors stand at, 100 at each. */
export const siteIds = (sensors) =>
  Array.from({ length: Math.ceil(sensors / sensorsPerZone / zonesPerSite) }, (_, index) =>
    simulatedId('site', index),
  );

export const zoneOf = (sensor) => Math.floor(sensor / sensorsPerZone);
export const siteOf = (sensor) => Math.floor(zoneOf(sensor) / zonesPerSite);

/** Calls `use` with the database of a running portal. */
export async function withDatabase({ dataDir }, use) {
  const database = await openDatabase({ dataDir, poolSize: 2 });
  try {
    return await use(database.pool);
  } finally {
    await database.close();
  }
}

/** Writes sensors; with `gates`, an enrolled gate for each, that has never been seen. */
export async function insertSensors(portal, count, { gates = false } = {}) {
  await withDatabase(portal, async (pool) => {
    const sites = siteIds(count);
    await pool.query(
      `insert into sites (id, subscription_name, subscription_key, name, name_key)
       select id, 'Bench', 'bench', 'Site ' || id, 'site ' || id from unnest($1::uuid[]) as id`,
      [sites],
    );
    const zones = Array.from({ length: zoneOf(count - 1) + 1 }, (_, index) => index);
    await pool.query(
      `insert into zones (id, site_id, name, name_key)
       select id, site, 'Zone ' || id, 'zone ' || id from unnest($1::uuid[], $2::uuid[]) as z(id, site)`,
      [
        zones.map((index) => simulatedId('zone', index)),
        zones.map((index) => sites[Math.floor(index / zonesPerSite)]),
      ],
    );
    for (let first = 0; first < count; first += chunk) {
      const indexes = Array.from(
        { length: Math.min(chunk, count - first) },
        (_, index) => first + index,
      );
      await insertChunk(pool, indexes, sites);
      if (gates) await insertGates(pool, indexes);
    }
    await pool.query('analyze sites, zones, sensors, gates');
    for (const name of gates ? ['inventory', 'gates'] : ['inventory']) {
      await pool.query('update state_revisions set value = value + 1 where name = $1', [name]);
      await pool.query('select pg_notify($1, $2)', ['gatehouse', name]);
    }
  });
}

async function insertChunk(pool, indexes, sites) {
  await pool.query(
    `insert into sensors (id, site_id, zone_id, subscription_key, name, name_key, type, version, health,
       threat_intelligence_version, threat_intelligence_mode, threat_intelligence_status)
     select id, site, zone, 'bench', 'Sensor ' || number, 'sensor ' || number, 'OT cloud-connected',
       '24.1.3', 'Healthy', '2026.01.12.1', 'Automatic', 'Ok'
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[]) as s(id, site, zone, number)`,
    [
      indexes.map((index) => simulatedId('sensor', index)),
      indexes.map((index) => sites[siteOf(index)]),
      indexes.map((index) => simulatedId('zone', zoneOf(index))),
      indexes,
    ],
  );
}

async function insertGates(pool, indexes) {
  const gates = indexes.map(simulatedGate);
  await pool.query(
    `insert into gates (id, sensor_id, public_key, origin, software, enrolled_by)
     select id, sensor, key, 'http://localhost:8090', '1.0.0',
       '{"kind": "system", "name": "Bench", "tenantId": null, "objectId": null}'
     from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as g(id, sensor, key)`,
    [
      gates.map(({ id }) => id),
      gates.map(({ sensorId }) => sensorId),
      gates.map(({ publicKey }) => JSON.stringify(publicKey)),
    ],
  );
}
