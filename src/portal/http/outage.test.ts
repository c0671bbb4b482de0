import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { problem } from '../../contract/problem.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';

let now = Date.now();
let portal: BarePortal;
beforeAll(async () => {
  portal = await startBarePortal({ now: () => new Date(now) });
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
});
afterAll(() => portal.close());

const person = async (claims = {}) =>
  bearer(await portal.issuer.token({ groups: [groupId(1)], ...claims }));
const get = (url: string, headers = {}) => portal.app.inject({ url, headers });

describe('while Entra ID gives no signing keys', () => {
  it('nobody is told that their sign-in is wrong, and a portal that had them goes on', async () => {
    portal.issuer.publish(null);
    const early = await get('/api/v1/me', await person());
    expect([early.statusCode, problem.parse(early.json()).code]).toEqual([503, 'keys_unavailable']);
    expect(early.headers['retry-after']).toBe('5');
    expect(early.headers).not.toHaveProperty('www-authenticate');
    portal.issuer.publish([portal.issuer.pair.jwk]);
    now += 6_000;
    const exp = Math.floor(now / 1000) + 100_000;
    const known = await person({ exp });
    expect((await get('/api/v1/me', known)).statusCode).toBe(200);
    portal.issuer.publish(null);
    // The keys are due, and the fetch fails.
    now += 2 * 3_600_000;
    const stranger = await person({ exp, oid: groupId(7), sid: 'other' });
    for (const token of [known, stranger]) {
      expect((await get('/api/v1/me', token)).statusCode).toBe(200);
    }
    portal.issuer.publish([portal.issuer.pair.jwk]);
  });
});

describe('while the database is away', () => {
  it('says so, and works again when it is back', async () => {
    const headers = await person({ exp: Math.floor(now / 1000) + 100_000 });
    expect((await get('/api/v1/audit-events', headers)).statusCode).toBe(200);
    const elsewhere = new pg.Client({
      connectionString: portal.database.url.replace(/\/test_\w+\?/u, '/postgres?'),
    });
    await elsewhere.connect();
    const [, name = ''] = /\/(test_\w+)\?/u.exec(portal.database.url) ?? [];
    await elsewhere.query(`alter database ${name} with allow_connections false`);
    await elsewhere.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    );
    try {
      const notReady = await vi.waitFor(async () => {
        const answer = await get('/readyz');
        expect(answer.statusCode).toBe(503);
        return answer;
      });
      expect(notReady.json()).toEqual({
        status: 'notReady',
        code: 'database_unreachable',
        reason: expect.any(String) as unknown,
      });
      // Neither where the database is nor what it is called.
      expect(notReady.body).not.toMatch(/test_|\/tmp|:\d|postgres/u);
      expect(notReady.headers['retry-after']).toBe('5');
      // It lives all the same: nobody should restart it for this.
      expect((await get('/healthz')).statusCode).toBe(200);
      const refused = await get('/api/v1/audit-events', headers);
      expect(refused.statusCode).toBe(503);
      expect(problem.parse(refused.json()).code).toBe('database_unavailable');
      expect(refused.headers['retry-after']).toBe('5');
    } finally {
      await elsewhere.query(`alter database ${name} with allow_connections true`);
      await elsewhere.end();
    }
    await vi.waitFor(async () => expect((await get('/readyz')).statusCode).toBe(200));
    expect((await get('/api/v1/audit-events', headers)).statusCode).toBe(200);
  });
});
