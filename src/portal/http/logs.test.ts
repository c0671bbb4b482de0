import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  bearer,
  groupId,
  oneGroupEach,
  openSession,
  cookieOf,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { personInGraph, startGraphServer, type GraphServer } from '../../testing/graph-server.ts';

const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});

let graph: GraphServer;
let portal: BarePortal;
beforeAll(async () => {
  graph = await startGraphServer();
  portal = await startBarePortal({
    graphUrl: graph.url,
    logger: pino({ level: 'trace' }, stream),
    groupsPatience: 0,
  });
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1), readOnly: groupId(2) }));
});
afterAll(() => graph.close());

it('the log holds no token, secret, group or cookie, whatever happens', async () => {
  const { app, issuer, database } = portal;
  const graphToken = 'graph-token-of-the-person';
  const recoveryToken = await portal.recoveryToken();
  const unknownLink = 'u'.repeat(43);
  const overage = { groups: undefined, _claim_names: { groups: 'src1' }, oid: groupId(50) };
  const [admin, reader, nobody, incomplete, foreign, expired] = await Promise.all(
    [
      { groups: [groupId(1), groupId(77)] },
      { groups: [groupId(2)], sid: 'reader' },
      { groups: [groupId(78)], sid: 'nobody' },
      overage,
      { aud: groupId(3) },
      { exp: 1_000_000 },
    ].map((claims) => issuer.token(claims)),
  );
  const get = (url: string, token = '') => app.inject({ url, headers: bearer(token) });
  const statuses: number[] = [];
  const keep = ({ statusCode }: { readonly statusCode: number }) => statuses.push(statusCode);

  keep(await get('/api/v1/me', admin));
  for (const token of [nobody, foreign, expired, `${admin}x`]) keep(await get('/api/v1/me', token));
  keep(
    await app.inject({
      method: 'DELETE',
      url: `/api/v1/sso-settings/${groupId(9)}?reason=unspeakable`,
      headers: { ...bearer(reader ?? ''), 'if-match': '"1"' },
    }),
  );
  graph.answerBy(personInGraph(groupId(50), [groupId(1), groupId(79)]));
  const evidence = {
    method: 'PUT',
    url: '/api/v1/me/group-evidence',
    headers: bearer(incomplete ?? ''),
    payload: { graphAccessToken: graphToken },
  } as const;
  keep(await app.inject(evidence));
  graph.answerBy(() => ({ status: 500 }));
  keep(await app.inject(evidence));
  const opened = await app.inject(openSession(recoveryToken));
  keep(opened);
  const cookie = cookieOf(opened.headers['set-cookie']);
  keep(await app.inject(openSession(recoveryToken)));
  keep(await app.inject(openSession(unknownLink)));
  keep(await app.inject({ url: '/api/v1/audit-events', headers: { cookie } }));
  await database.pool.query('alter table sign_ins rename to sign_ins_away');
  await database.pool.query('alter table recovery_sessions rename to recovery_sessions_away');
  keep(await get('/api/v1/sign-ins', admin));
  keep(await app.inject({ url: '/api/v1/audit-events', headers: { cookie } }));
  keep(await app.inject(openSession(unknownLink)));
  const fresh = await issuer.token({ groups: [groupId(1)], sid: 'unrecorded', name: 'Eve' });
  keep(await get('/api/v1/me', fresh));
  issuer.publish(null);
  await portal.close();

  expect(statuses.join(' ')).toBe(
    '200 403 401 401 401 403 204 403 200 403 403 200 500 500 403 500',
  );
  const log = lines.join('');
  // It does say what failed, and where.
  expect(log).toContain('request failed');
  expect(log).toContain('/api/v1/sign-ins');
  const tokens = [admin, reader, nobody, incomplete, foreign, expired, fresh];
  const parts = tokens.flatMap((token) => (token ?? '').split('.'));
  const secrets = [...parts, graphToken, recoveryToken, unknownLink, cookie.split('=')[1] ?? ''];
  for (const secret of new Set(secrets)) expect(log).not.toContain(secret);
  expect(log).not.toMatch(/authorization|cookie|unspeakable|Eve\b/iu);
  for (const group of [1, 2, 77, 78, 79]) expect(log).not.toContain(groupId(group));
});
