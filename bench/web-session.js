// GET /api/v1/me with the cookie of a session against the same with a repeated token: same person,
// same groups, same client, in turns.
import { inTurns, load, ratioOf, rowOf } from './load.js';
import { startBenchPortal } from './portal.js';
import { freePort } from './processes.js';
import { activateWebProvider, beginSignIn, send, startWebProvider } from './web-provider.js';

const rounds = 7;
const duration = 3;
const connections = 32;

export async function benchWebSession() {
  const provider = await startWebProvider();
  const portal = await startBenchPortal(await freePort(), provider);
  try {
    const providerId = await activateWebProvider(portal, provider);
    const { path, cookie } = await beginSignIn(portal, provider, providerId);
    const { cookies } = await send(portal, { path, headers: { cookie } });
    const me = { url: `http://127.0.0.1:${portal.port}/api/v1/me`, pids: () => [portal.pid] };
    const by = (headers) => () => load(me, { connections, duration, headers });
    const byToken = by({ authorization: `Bearer ${await provider.adminToken()}` });
    const byCookie = by({ cookie: cookies.join('; ') });
    await byToken();
    await byCookie();
    const [token, session] = await inTurns(rounds, byToken, byCookie);
    const ratio = ratioOf(token, session, 'perSecond');
    return [
      rowOf('GET /me, repeated token', token, 'perSecond', 'requests/s'),
      {
        ...rowOf('GET /me, session cookie', session, 'perSecond', 'requests/s'),
        ratio,
        aim: 'at least 1 of the token',
        reached: ratio >= 1,
      },
      rowOf('processor time with a token', token, 'microseconds', 'µs/request'),
      {
        ...rowOf('processor time with a cookie', session, 'microseconds', 'µs/request'),
        ratio: ratioOf(token, session, 'microseconds'),
      },
    ];
  } finally {
    await portal.stop();
    provider.close();
  }
}
