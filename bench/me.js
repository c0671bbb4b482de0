// GET /api/v1/me with a repeated token and with a fresh one each, against an empty Fastify route.
// Same client, same headers, in turns. The client needs a core for itself: where it is the
// bottleneck, requests/s flatter the slower server, so that processor time is measured as well.
import autocannon from 'autocannon';
import { groupIds } from '../dist/demo/directory.js';
import { startIssuer } from './issuer.js';
import { startBenchPortal } from './portal.js';
import { cpuSeconds, freePort, median, root, start } from './processes.js';

const rounds = 7;
const seconds = 3;
const connections = 32;
const freshRounds = 3;
const freshEach = 4_000;

async function load(server, options) {
  const before = await cpuSeconds(server.pid);
  const run = autocannon({ url: server.url, connections, ...options });
  // autocannon itself looks at the clock once a second only.
  const started = performance.now();
  let last = started;
  run.on('response', () => (last = performance.now()));
  const result = await run;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${server.url}: ${result.non2xx} answers other than 2xx, ${result.errors} errors`,
    );
  }
  const requests = result['2xx'];
  return {
    perSecond: requests / ((last - started) / 1000),
    microseconds: (((await cpuSeconds(server.pid)) - before) / requests) * 1e6,
  };
}

/** Both servers in turns, each first every other time, so that a drift of the machine hits both. */
async function inTurns(times, first, second) {
  const samples = [[], []];
  for (let round = 0; round < times; round += 1) {
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      samples[side].push(await [first, second][side](round));
    }
  }
  return samples;
}

const ratioOf = (floor, other, figure) =>
  median(other.map((sample, round) => sample[figure] / floor[round][figure]));

export async function benchMe() {
  const issuer = await startIssuer();
  const portal = await startBenchPortal(await freePort(), issuer);
  const emptyPort = await freePort();
  const emptyUrl = `http://127.0.0.1:${emptyPort}/`;
  const bare = await start(`${root}bench/empty-server.js`, {
    args: [String(emptyPort)],
    url: emptyUrl,
  });
  const empty = { url: emptyUrl, pid: bare.pid };
  const me = {
    url: `${portal.origin}/api/v1/me`.replace('localhost', '127.0.0.1'),
    pid: portal.pid,
  };
  try {
    const groups = [groupIds.administrators];
    const fresh = [];
    while (fresh.length < freshRounds * freshEach)
      fresh.push(`Bearer ${await issuer.token(groups)}`);
    const repeated = {
      duration: seconds,
      headers: { authorization: `Bearer ${await issuer.token(groups)}` },
    };
    // Each token is used once: the amount is fixed, whatever the machine's speed.
    const freshly = (round) => {
      let next = round * freshEach;
      return {
        amount: freshEach,
        requests: [
          {
            method: 'GET',
            setupRequest: (request) => ({
              ...request,
              headers: { ...request.headers, authorization: fresh[next++] },
            }),
          },
        ],
      };
    };
    await load(empty, repeated);
    await load(me, repeated);
    const [floor, same] = await inTurns(
      rounds,
      () => load(empty, repeated),
      () => load(me, repeated),
    );
    const [freshFloor, each] = await inTurns(
      freshRounds,
      (round) => load(empty, freshly(round)),
      (round) => load(me, freshly(round)),
    );
    return rowsOf({ floor, same, freshFloor, each });
  } finally {
    await Promise.all([portal.stop(), bare.stop()]);
    issuer.close();
  }
}

function rowsOf({ floor, same, freshFloor, each }) {
  const row = (what, samples, figure, unit) => {
    const values = samples.map((sample) => sample[figure]);
    return { what, value: median(values), unit, samples: values };
  };
  const ratio = ratioOf(floor, same, 'perSecond');
  return [
    row('empty Fastify route', floor, 'perSecond', 'requests/s'),
    {
      ...row('GET /me, repeated token', same, 'perSecond', 'requests/s'),
      ratio,
      aim: 'at least 0.6 of the empty route',
      reached: ratio >= 0.6,
    },
    {
      ...row('GET /me, a fresh token each', each, 'perSecond', 'requests/s'),
      ratio: ratioOf(freshFloor, each, 'perSecond'),
    },
    row('processor time of the empty route', floor, 'microseconds', 'µs/request'),
    {
      ...row('processor time of /me, repeated token', same, 'microseconds', 'µs/request'),
      ratio: ratioOf(floor, same, 'microseconds'),
    },
    {
      ...row('processor time of /me, a fresh token each', each, 'microseconds', 'µs/request'),
      ratio: ratioOf(freshFloor, each, 'microseconds'),
    },
  ];
}
