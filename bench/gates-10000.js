// 10,000 gates on long-poll at one portal process: memory, processor time at rest, and the time from
// a change to all gates that it concerns holding it, and those alone. The gates are one process on
// the same machine, which needs a core of its own: what it took is measured as well.
import { groupIds } from '../dist/demo/directory.js';
import { insertSensors, siteIds, siteOf } from './inventory.js';
import { startIssuer } from './issuer.js';
import { percentile, rowOf } from './load.js';
import { administration, settingOf, startBenchPortal } from './portal.js';
import {
  cpuSeconds,
  cpuMeter,
  freePort,
  median,
  postgresOn,
  proportionalMemory,
  residentMemory,
} from './processes.js';
import { startFleet } from './simulated-fleet.js';

const count = 10_000;
const atOnce = 500;
/** About as long as the longest wait: every gate asks again. */
const restSeconds = 60;
const changes = 5;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export async function benchGates10000() {
  const issuer = await startIssuer();
  const portal = await startBenchPortal(await freePort(), issuer);
  let fleet;
  try {
    const api = administration(portal, await issuer.token([groupIds.administrators]));
    await insertSensors(portal, count, { gates: true });
    // The portal makes its signing key when one is first needed.
    await api('GET', '/gate-keys');
    const [first, ...others] = siteIds(count);
    const settings = {
      most: await settingAt(api, issuer, 'Most sites', others),
      one: await settingAt(api, issuer, 'One site', [first]),
    };
    const before = await residentMemory(portal.pid);
    fleet = await startFleet(portal, count);
    const arrival = await arrive(fleet);
    // Each says how it is, and again once it holds a bundle and knows its clock.
    const saidAll = ({ reports }) => reports >= 2 * count;
    await fleet.until(saidAll, { within: 300_000, what: 'all have reported' });
    // What arriving left behind isn't what holding takes.
    await pause(20);
    const rest = await atRest(portal, fleet);
    const toMost = [];
    const toOne = [];
    for (let round = 0; round < changes; round += 1) {
      toMost.push(await timeChange({ api, portal, fleet, ...settings.most, of: (at) => at > 0 }));
      toOne.push(await timeChange({ api, portal, fleet, ...settings.one, of: (at) => at === 0 }));
    }
    const after = await residentMemory(portal.pid);
    return rowsOf({ before, arrival, rest, toMost, toOne, after });
  } finally {
    await fleet?.stop();
    await portal.stop();
    issuer.close();
  }
}

/** Until all ask for the next bundle again: what comes next is a change of its own. */
async function settle(fleet) {
  for (let quiet = 0; quiet < 3;) {
    const { asked } = await fleet.state();
    await pause(1);
    quiet = (await fleet.state()).asked - asked < 400 ? quiet + 1 : 0;
  }
}

async function settingAt(api, issuer, name, ids) {
  const groups = { admin: [groupIds.administrators], readOnly: [groupIds.readers] };
  const body = settingOf(issuer, { name, siteIds: ids, groups });
  return { body, ...(await api('POST', '/sso-settings', { body })) };
}

/** Seconds until all gates hold their first bundle, so many asking for it at a time. */
async function arrive(fleet) {
  const started = performance.now();
  for (let first = 0; first < count; first += atOnce) {
    await fleet.ask('longPoll', { first, count: atOnce });
    await fleet.until(({ holding }) => holding >= first + atOnce, { what: 'all gates hold one' });
  }
  return (performance.now() - started) / 1000;
}

async function atRest(portal, fleet) {
  const database = await postgresOn(portal.dataDir);
  const cpu = await cpuSeconds(portal.pid);
  const databaseCpu = await cpuMeter(database);
  const before = await fleet.state();
  await pause(restSeconds);
  const after = await fleet.state();
  return {
    cpu: ((await cpuSeconds(portal.pid)) - cpu) / restSeconds,
    databaseCpu: (await databaseCpu()) / restSeconds,
    perSecond: (after.asked - before.asked) / restSeconds,
    reports: (after.reports - before.reports) / restSeconds,
    memory: await residentMemory(portal.pid),
    databaseMemory: await proportionalMemory(database),
  };
}

/** Changes a setting. `of`: which sites it concerns: their gates are to hold it, and no others. */
async function timeChange({ api, portal, fleet, id, body, of }) {
  const concerned = Array.from({ length: count }, (_, gate) => gate).filter((gate) =>
    of(siteOf(gate)),
  ).length;
  const { revision } = await api('GET', `/sso-settings/${id}`);
  await settle(fleet);
  await fleet.ask('signAhead');
  const before = await fleet.state();
  const cpu = await cpuSeconds(portal.pid);
  const at = performance.timeOrigin + performance.now();
  const description = `Changed at ${at}`;
  const { readOnly } = body.permissions;
  // Groups are part of the bundle, a description isn't.
  const group = { id: crypto.randomUUID(), displayName: null };
  const changed = {
    ...body,
    description,
    permissions: { ...body.permissions, readOnly: [...readOnly, group] },
  };
  await api('PUT', `/sso-settings/${id}`, { body: changed, ifMatch: `"${revision}"` });
  const answered = performance.timeOrigin + performance.now() - at;
  await fleet.until(({ taken }) => taken.length >= concerned, { since: at, what: 'all hold it' });
  // The portal knows it when they say so.
  let delivery;
  for (const deadline = Date.now() + 60_000; ; await pause(0.25)) {
    delivery = await api('GET', `/delivery?settingId=${id}`);
    if (delivery.states.applied === concerned) break;
    if (Date.now() > deadline) throw new Error(`Not applied in time: ${JSON.stringify(delivery)}`);
  }
  const known = performance.timeOrigin + performance.now() - at;
  // Long enough for a bundle to come that shouldn't.
  await pause(3);
  const { taken, ...seen } = await fleet.state(at);
  const times = taken.map(([, heldAt]) => (heldAt - at) / 1000);
  const wrong = taken.filter(([gate]) => !of(siteOf(gate))).length;
  if (wrong > 0 || seen.bundles - before.bundles !== concerned) {
    const got = seen.bundles - before.bundles;
    throw new Error(`${concerned} gates were concerned; ${got} bundles, ${wrong} to others.`);
  }
  return {
    p50: median(times),
    p99: percentile(times, 0.99),
    last: Math.max(...times),
    answered: answered / 1000,
    known: known / 1000,
    cpu: (await cpuSeconds(portal.pid)) - cpu,
    generatorCpu: seen.cpuSeconds - before.cpuSeconds,
    verified: seen.verified - before.verified,
    lost: seen.lost - before.lost,
  };
}

function rowsOf({ before, arrival, rest, toMost, toOne, after }) {
  const most = rowOf('a change to 9,900 gates: 99 % hold it', toMost, 'p99', 's');
  return [
    { what: 'portal before any gate came', value: before, unit: 'MB (RSS)' },
    { what: '10,000 gates arrive: all hold a bundle', value: arrival, unit: 's' },
    { what: 'portal holding 10,000 requests', value: rest.memory, unit: 'MB (RSS)' },
    { what: 'its database', value: rest.databaseMemory, unit: 'MB (PSS)' },
    { what: 'its processor time at rest', value: rest.cpu * 100, unit: '% of a core' },
    { what: 'its database’s', value: rest.databaseCpu * 100, unit: '% of a core' },
    { what: 'requests for bundles at rest', value: rest.perSecond, unit: 'requests/s' },
    { what: 'reports at rest', value: rest.reports, unit: 'requests/s' },
    rowOf('a change to 9,900 gates: half hold it', toMost, 'p50', 's'),
    { ...most, aim: 'under 3 s', reached: most.value < 3 },
    rowOf('a change to 9,900 gates: the last holds it', toMost, 'last', 's'),
    rowOf('a change to 9,900 gates: the portal knows that all do', toMost, 'known', 's'),
    rowOf('the change itself is answered', toMost, 'answered', 's'),
    rowOf('processor time of the portal for it', toMost, 'cpu', 's'),
    rowOf('processor time of the load generator', toMost, 'generatorCpu', 's'),
    rowOf('signatures verified of 9,900', toMost, 'verified', 'bundles'),
    rowOf('a change to 100 gates: 99 % hold it', toOne, 'p99', 's'),
    rowOf('a change to 100 gates: the portal knows that all do', toOne, 'known', 's'),
    rowOf('connections lost in a change', toMost, 'lost', 'connections'),
    { what: 'portal after all changes', value: after, unit: 'MB (RSS)' },
  ];
}
