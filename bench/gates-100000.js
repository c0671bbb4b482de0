// 100,000 gates that ask once a minute and wait for nothing: requests/s, times, processor time and
// memory of one portal process, and heartbeats in the database against those sent.
import { groupIds } from '../dist/demo/directory.js';
import { insertSensors, siteIds, withDatabase } from './inventory.js';
import { startIssuer } from './issuer.js';
import { percentile, rowOf } from './load.js';
import { administration, settingOf, startBenchPortal } from './portal.js';
import { cpuMeter, freePort, postgresOn, proportionalMemory, residentMemory } from './processes.js';
import { startFleet } from './simulated-fleet.js';

const count = 100_000;
const every = 60_000;
const connections = 500;
/** The first minute hands a bundle to each; those that follow are heartbeats alone. */
const minutes = 4;
/** Times of heartbeats are written in batches: within so many seconds. */
const batchSeconds = 60;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function benchGates100000() {
  const issuer = await startIssuer();
  const portal = await startBenchPortal(await freePort(), issuer);
  let fleet;
  try {
    const api = administration(portal, await issuer.token([groupIds.administrators]));
    await insertSensors(portal, count, { gates: true });
    // The portal makes its signing key when one is first needed.
    await api('GET', '/gate-keys');
    const groups = { admin: [groupIds.administrators], readOnly: [groupIds.readers] };
    const body = settingOf(issuer, { name: 'All sites', siteIds: siteIds(count), groups });
    await api('POST', '/sso-settings', { body });
    fleet = await startFleet(portal, count);
    await fleet.ask('plainPolls', { every, connections });
    const samples = [];
    for (let minute = 0; minute < minutes; minute += 1)
      samples.push(await oneMinute(portal, fleet));
    const counted = await heartbeats(portal, fleet);
    return rowsOf(samples, counted);
  } finally {
    await fleet?.stop();
    await portal.stop();
    issuer.close();
  }
}

async function oneMinute(portal, fleet) {
  const database = await postgresOn(portal.dataDir);
  const portalCpu = await cpuMeter([portal.pid]);
  const databaseCpu = await cpuMeter(database);
  const before = await fleet.state(Number.MAX_VALUE);
  const started = performance.now();
  await pause(every);
  const after = await fleet.state(Number.MAX_VALUE);
  const seconds = (performance.now() - started) / 1000;
  const times = await fleet.ask('times');
  return {
    perSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpu: ((await portalCpu()) / seconds) * 100,
    databaseCpu: ((await databaseCpu()) / seconds) * 100,
    generatorCpu: ((after.cpuSeconds - before.cpuSeconds) / seconds) * 100,
    memory: await residentMemory(portal.pid),
    databaseMemory: await proportionalMemory(database),
    bundles: after.bundles - before.bundles,
    lost: after.lost - before.lost,
  };
}

/** How many gates' last answered request the database knows, once its batch must be written. */
async function heartbeats(portal, fleet) {
  await fleet.ask('rest');
  await pause(2_000);
  const polls = await fleet.ask('lastPolls');
  const answered = polls.filter(([, , answeredAt]) => answeredAt !== null);
  const deadline = Date.now() + batchSeconds * 1000;
  for (;;) {
    const seen = await withDatabase(portal, async (pool) => {
      const { rows } = await pool.query('select id, last_seen_at from gates');
      return new Map(rows.map((row) => [row.id, row.last_seen_at?.getTime() ?? 0]));
    });
    // A time in the database counts from when the request was taken, to the second or so.
    const counted = answered.filter(([id, askedAt]) => (seen.get(id) ?? 0) >= askedAt - 1_000);
    if (counted.length === answered.length || Date.now() > deadline) {
      return { sent: answered.length, counted: counted.length };
    }
    await pause(2_000);
  }
}

function rowsOf([first, ...later], { sent, counted }) {
  const last = later.at(-1);
  return [
    { what: 'first minute, a bundle to each: answers', value: first.perSecond, unit: 'requests/s' },
    { what: 'first minute: 99th percentile', value: first.p99, unit: 'ms' },
    { what: 'first minute: processor time', value: first.cpu, unit: '% of a core' },
    { what: 'first minute: the load generator’s', value: first.generatorCpu, unit: '% of a core' },
    { what: 'bundles handed out', value: first.bundles, unit: 'bundles' },
    rowOf('heartbeats answered', later, 'perSecond', 'requests/s'),
    rowOf('median from due to answered', later, 'p50', 'ms'),
    rowOf('99th percentile', later, 'p99', 'ms'),
    rowOf('processor time of the portal', later, 'cpu', '% of a core'),
    rowOf('processor time of its database', later, 'databaseCpu', '% of a core'),
    rowOf('processor time of the load generator', later, 'generatorCpu', '% of a core'),
    { what: 'portal', value: last.memory, unit: 'MB (RSS)' },
    { what: 'its database', value: last.databaseMemory, unit: 'MB (PSS)' },
    {
      what: 'connections lost',
      value: Math.max(...later.map(({ lost }) => lost)),
      unit: 'connections',
    },
    { what: 'gates whose last heartbeat was sent', value: sent, unit: 'gates' },
    {
      what: 'gates whose last heartbeat is in the database',
      value: counted,
      unit: 'gates',
      ratio: counted / sent,
      aim: 'all',
      reached: counted === sent && sent === count,
    },
  ];
}
