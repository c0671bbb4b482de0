import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderCandidate, ProviderTrial } from '../../contract/providers.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { personInGraph, startGraphServer, type GraphServer } from '../../testing/graph-server.ts';
import { apiClientId, clientId, personId, tenantId } from '../../testing/token-issuer.ts';
import { auditEvents } from '../storage/schema.ts';

let graph: GraphServer;
let portal: BarePortal;
let recovery: Record<string, string>;

beforeAll(async () => {
  graph = await startGraphServer();
  portal = await startBarePortal({ provider: false, graphUrl: graph.url });
  recovery = await portal.recover();
});
afterAll(async () => {
  await portal.close();
  await graph.close();
});

const url = '/api/v1/providers/candidate';
const entered = {
  tenantId: tenantId.toUpperCase(),
  clientId,
  apiClientId,
  portalAccess: oneGroupEach({ admin: groupId(1), readOnly: groupId(3) }),
};
const enter = (payload: object = entered, headers = recovery) =>
  portal.app.inject({ method: 'PUT', url, headers, payload });
async function tryWith(accessToken: string, graphAccessToken?: string): Promise<ProviderTrial> {
  const payload = { accessToken, ...(graphAccessToken === undefined ? {} : { graphAccessToken }) };
  const answer = await portal.app.inject({
    method: 'POST',
    url: `${url}/trial`,
    headers: recovery,
    payload,
  });
  return answer.json<ProviderTrial>();
}
const failing = ({ checks, activated }: ProviderTrial) => {
  expect(activated).toBe(false);
  return checks.filter((check) => !check.passed).map(({ name, detail }) => `${name}: ${detail}`);
};
const status = async (headers: Record<string, string>) =>
  (await portal.app.inject({ url: '/api/v1/me', headers })).statusCode;

describe('a provider candidate', () => {
  it('must name an Admin group and proper ids', async () => {
    const answer = await enter({ tenantId: 'x', clientId, portalAccess: oneGroupEach({}) });
    const { errors } = answer.json<{ errors: { path: string }[] }>();
    expect(errors.map(({ path }) => path)).toEqual(['/tenantId', '/portalAccess/admin']);
  });

  it('signs nobody in until it has been tried', async () => {
    const answer = await enter();
    const candidate = answer.json<ProviderCandidate>();
    expect(candidate.provider).toMatchObject({
      source: 'portal',
      status: 'candidate',
      issuerUrl: portal.issuer.issuer,
      tenantId,
      verifiedAt: null,
    });
    expect(candidate.signIn.apiScope).toBe(`api://${apiClientId}/access_as_user`);
    expect(await status(bearer(await portal.issuer.token({ groups: [groupId(1)] })))).toBe(401);
    const listed = await portal.app.inject({ url: '/api/v1/providers', headers: recovery });
    expect(listed.json()).toEqual({ providers: [], candidate });
  });

  it('can be dropped', async () => {
    const drop = () => portal.app.inject({ method: 'DELETE', url, headers: recovery });
    expect((await drop()).statusCode).toBe(204);
    expect((await drop()).statusCode).toBe(404);
    await enter();
  });
});

describe('the trial', () => {
  it.each([
    [{ aud: groupId(1) }, ['token: The access token is not meant for the API']],
    [{ ver: '1.0' }, ['token: The access token is not of version 2']],
    [{ upn: undefined, groups: [groupId(1)] }, ['profile: Missing: User principal name (upn)']],
    [{ groups: undefined }, ['groups: The token names no groups', 'admin: None of your groups']],
    [{ groups: [groupId(3)] }, ['admin: You would be Read only, not Admin']],
    [{ groups: undefined, hasgroups: true }, ['groups: You are in more groups']],
  ])('says what is wrong with %o', async (claims, expected) => {
    const found = failing(await tryWith(await portal.issuer.token(claims)));
    expect(found).toHaveLength(expected.length);
    expected.forEach((part, index) => expect(found[index]).toContain(part));
  });

  it('reads an incomplete group list through Graph', async () => {
    const token = await portal.issuer.token({ groups: undefined, hasgroups: true });
    graph.answerBy(() => ({ status: 403, body: { error: { code: 'Denied' } } }));
    expect(failing(await tryWith(token, 'graph'))[0]).toContain('403: Denied');
    graph.answerBy(personInGraph(personId, [groupId(3)]));
    expect(failing(await tryWith(token, 'graph'))[0]).toContain('admin: You would be Read only');
  });

  it('says when the keys can’t be had', async () => {
    const other = await startBarePortal({ provider: false, loginUrl: 'http://127.0.0.1:9' });
    try {
      const headers = await other.recover();
      await other.app.inject({ method: 'PUT', url, headers, payload: entered });
      const payload = { accessToken: await portal.issuer.token() };
      const tried = { method: 'POST', url: `${url}/trial`, headers, payload } as const;
      const answer = await other.app.inject(tried);
      expect(failing(answer.json<ProviderTrial>())[0]).toContain('signing keys');
    } finally {
      await other.close();
    }
  });

  it('activates the provider and its portal access together', async () => {
    const token = await portal.issuer.token({ groups: [groupId(1)] });
    const { checks, activated } = await tryWith(token);
    expect(activated).toBe(true);
    expect(checks.map(({ name, passed }) => [name, passed])).toEqual([
      ['token', true],
      ['profile', true],
      ['groups', true],
      ['admin', true],
    ]);
    expect(await status(bearer(token))).toBe(200);
    const listed = await portal.app.inject({ url: '/api/v1/providers', headers: bearer(token) });
    expect(listed.json()).toMatchObject({
      providers: [{ status: 'active', source: 'portal', verifiedAt: expect.any(String) }],
      candidate: null,
    });
    const page = await portal.app.inject('/api/v1/configuration');
    expect(page.json()).toMatchObject({ provider: { tenantId, clientId } });
    const events = await portal.database.db.select().from(auditEvents);
    expect(events.map(({ action }) => action).slice(-2)).toEqual([
      'provider.activated',
      'portalAccess.changed',
    ]);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('of another one replaces it at once: who signed in before is out', async () => {
    const before = bearer(await portal.issuer.token({ groups: [groupId(1)] }));
    expect(await status(before)).toBe(200);
    await enter({ ...entered, clientId: groupId(50) });
    expect(await status(before)).toBe(200);
    const token = await portal.issuer.token({ groups: [groupId(1)], azp: groupId(50) });
    expect((await tryWith(token)).activated).toBe(true);
    expect(await status(before)).toBe(401);
    expect(await status(bearer(token))).toBe(200);
  });

  it('needs a candidate', async () => {
    const answer = await tryWith(await portal.issuer.token());
    expect(answer).toMatchObject({ status: 404 });
  });
});

describe('a provider of the environment', () => {
  it('is shown, and can’t be changed here', async () => {
    const other = await startBarePortal();
    try {
      const headers = await other.recover();
      const listed = await other.app.inject({ url: '/api/v1/providers', headers });
      expect(listed.json()).toMatchObject({
        providers: [{ source: 'environment', status: 'active' }],
        candidate: null,
      });
      for (const change of [
        { method: 'PUT', url, payload: entered },
        { method: 'DELETE', url },
        { method: 'POST', url: `${url}/trial`, payload: { accessToken: 'x' } },
      ] as const) {
        const answer = await other.app.inject({ ...change, headers });
        expect(answer.json()).toMatchObject({ status: 409, code: 'provider_from_environment' });
      }
    } finally {
      await other.close();
    }
  });
});
