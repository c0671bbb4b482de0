// GET /api/v1/me with a repeated token and with a fresh one each, against an empty Fastify route.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { groupIds } from '../dist/demo/directory.js';
import { seedPortalAccess } from '../dist/demo/seed.js';
import { startIssuer } from './issuer.js';
import { freePort, median, root, runToEnd, start } from './processes.js';

const rounds = 5;
const seconds = 4;
const connections = 32;
const freshTokens = 12_000;

async function load(url, setupRequest) {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [{ method: 'GET', setupRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers other than 2xx, ${result.errors} errors`);
  }
  return result.requests.average;
}

export async function benchMe() {
  const issuer = await startIssuer();
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const [port, emptyPort] = [await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const env = {
    GATEHOUSE_PORT: String(port),
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_LOG_LEVEL: 'warn',
    GATEHOUSE_ENTRA_TENANT_ID: issuer.tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: issuer.clientId,
    GATEHOUSE_ENTRA_LOGIN_URL: issuer.origin,
    GATEHOUSE_GRAPH_URL: `${issuer.origin}/graph`,
  };
  const portal = await start(`${root}dist/cli.js`, {
    args: ['portal'],
    env,
    url: `${origin}/readyz`,
  });
  const empty = await start(`${root}bench/empty-server.js`, {
    args: [String(emptyPort)],
    url: `http://127.0.0.1:${emptyPort}/`,
  });
  try {
    const link = /https?:\S+#token=\S+/.exec(
      await runToEnd(`${root}dist/cli.js`, ['recover'], env),
    );
    await seedPortalAccess(origin, link[0]);
    const groups = [groupIds.administrators];
    const repeated = `Bearer ${await issuer.token(groups)}`;
    const fresh = [];
    while (fresh.length < freshTokens) fresh.push(`Bearer ${await issuer.token(groups)}`);
    let next = 0;
    const withFresh = (request) => {
      request.headers = { ...request.headers, authorization: fresh[next++ % fresh.length] };
      return request;
    };
    const withRepeated = (request) => {
      request.headers = { ...request.headers, authorization: repeated };
      return request;
    };
    const me = `http://127.0.0.1:${port}/api/v1/me`;
    const nothing = `http://127.0.0.1:${emptyPort}/`;
    await load(nothing, withRepeated);
    await load(me, withRepeated);
    const samples = { empty: [], repeated: [], fresh: [], ratioRepeated: [], ratioFresh: [] };
    for (let round = 0; round < rounds; round += 1) {
      const floor = await load(nothing, withRepeated);
      const same = await load(me, withRepeated);
      samples.empty.push(floor);
      samples.repeated.push(same);
      samples.ratioRepeated.push(same / floor);
    }
    // Each fresh token is used once: fewer requests than tokens, whatever the machine's speed.
    for (let round = 0; round < 3; round += 1) {
      const amount = freshTokens / 3;
      const run = async (url) => {
        const result = await autocannon({
          url,
          connections,
          amount,
          requests: [{ method: 'GET', setupRequest: withFresh }],
        });
        if (result.non2xx > 0) throw new Error(`${url}: ${result.non2xx} answers other than 2xx`);
        return amount / result.duration;
      };
      const floor = await run(nothing);
      next = round * amount;
      const each = await run(me);
      samples.fresh.push(each);
      samples.ratioFresh.push(each / floor);
    }
    return [
      {
        what: 'empty Fastify route',
        value: median(samples.empty),
        unit: 'requests/s',
        samples: samples.empty,
      },
      {
        what: 'GET /me, repeated token',
        value: median(samples.repeated),
        unit: 'requests/s',
        ratio: median(samples.ratioRepeated),
        aim: 'at least 0.6 of the empty route',
        reached: median(samples.ratioRepeated) >= 0.6,
        samples: samples.repeated,
      },
      {
        what: 'GET /me, a fresh token each',
        value: median(samples.fresh),
        unit: 'requests/s',
        ratio: median(samples.ratioFresh),
        samples: samples.fresh,
      },
    ];
  } finally {
    await Promise.all([portal.stop(), empty.stop()]);
    issuer.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
