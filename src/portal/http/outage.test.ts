import { describe, expect, it } from 'vitest';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';

async function withPortal(
  options: Parameters<typeof startBarePortal>[0],
  use: (portal: BarePortal) => Promise<void>,
): Promise<void> {
  const portal = await startBarePortal(options);
  try {
    await use(portal);
  } finally {
    await portal.close();
  }
}

describe('an outage', () => {
  it('of the database is said as such, and changes nothing about who one is', () =>
    withPortal({}, async ({ app, database, issuer, setPortalAccess }) => {
      await setPortalAccess(oneGroupEach({ admin: groupId(1) }));
      const headers = bearer(await issuer.token({ groups: [groupId(1)] }));
      await app.inject({ url: '/api/v1/me', headers });
      await database.close();
      const answer = await app.inject({ url: '/api/v1/sign-ins', headers });
      expect(answer.json()).toMatchObject({ status: 503, code: 'database_unavailable' });
      expect(answer.headers['retry-after']).toBe('5');
      const ready = await app.inject('/readyz');
      expect(ready.statusCode).toBe(503);
      expect(ready.json()).toMatchObject({ status: 'notReady', reason: expect.any(String) });
      expect((await app.inject('/healthz')).statusCode).toBe(200);
    }));

  it('of the signing keys is no fault of the token', () =>
    withPortal({ loginUrl: 'http://127.0.0.1:9' }, async ({ app, issuer }) => {
      const answer = await app.inject({
        url: '/api/v1/me',
        headers: bearer(await issuer.token()),
      });
      expect(answer.json()).toMatchObject({ status: 503, code: 'keys_unavailable' });
    }));

  it('of the signing keys later lets everybody go on', () =>
    withPortal({}, async ({ app, issuer, setPortalAccess }) => {
      await setPortalAccess(oneGroupEach({ admin: groupId(1) }));
      const claims = { groups: [groupId(1)] };
      const status = async () => {
        const headers = bearer(await issuer.token({ ...claims, uti: String(Math.random()) }));
        return (await app.inject({ url: '/api/v1/me', headers })).statusCode;
      };
      expect(await status()).toBe(200);
      issuer.publish(null);
      expect(await status()).toBe(200);
    }));
});
