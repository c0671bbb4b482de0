// GET /api/v1/me with a repeated token and with a fresh one each, against an empty Fastify route.
// Same client, same headers, in turns. The client needs a core for itself: where it is the
// bottleneck, requests/s flatter the slower server, so that processor time is measured as well.
import { groupIds } from '../dist/demo/directory.js';
import { startIssuer } from './issuer.js';
import { inTurns, load, ratioOf, rowOf } from './load.js';
import { startBenchPortal } from './portal.js';
import { freePort, root, start } from './processes.js';

const rounds = 7;
const seconds = 3;
const connections = 32;
const freshRounds = 3;
const freshEach = 4_000;

export async function benchMe() {
  const issuer = await startIssuer();
  const portal = await startBenchPortal(await freePort(), issuer);
  const emptyPort = await freePort();
  const emptyUrl = `http://127.0.0.1:${emptyPort}/`;
  const bare = await start(`${root}bench/empty-server.js`, {
    args: [String(emptyPort)],
    url: emptyUrl,
  });
  const empty = { url: emptyUrl, pids: () => [bare.pid] };
  const me = {
    url: `${portal.origin}/api/v1/me`.replace('localhost', '127.0.0.1'),
    pids: () => [portal.pid],
  };
  try {
    const groups = [groupIds.administrators];
    const fresh = [];
    while (fresh.length < freshRounds * freshEach)
      fresh.push(`Bearer ${await issuer.token(groups)}`);
    const repeated = {
      connections,
      duration: seconds,
      headers: { authorization: `Bearer ${await issuer.token(groups)}` },
    };
    // Each token is used once: the amount is fixed, whatever the machine's speed.
    const freshly = (round) => {
      let next = round * freshEach;
      return {
        connections,
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
  const ratio = ratioOf(floor, same, 'perSecond');
  return [
    rowOf('empty Fastify route', floor, 'perSecond', 'requests/s'),
    {
      ...rowOf('GET /me, repeated token', same, 'perSecond', 'requests/s'),
      ratio,
      aim: 'at least 0.6 of the empty route',
      reached: ratio >= 0.6,
    },
    {
      ...rowOf('GET /me, a fresh token each', each, 'perSecond', 'requests/s'),
      ratio: ratioOf(freshFloor, each, 'perSecond'),
    },
    rowOf('processor time of the empty route', floor, 'microseconds', 'µs/request'),
    {
      ...rowOf('processor time of /me, repeated token', same, 'microseconds', 'µs/request'),
      ratio: ratioOf(floor, same, 'microseconds'),
    },
    {
      ...rowOf('processor time of /me, a fresh token each', each, 'microseconds', 'µs/request'),
      ratio: ratioOf(freshFloor, each, 'microseconds'),
    },
  ];
}
