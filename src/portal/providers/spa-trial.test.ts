import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verification } from '../../contract/provider-verification.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { auditEntries } from '../../testing/audit-entries.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { personInGraph, startGraphServer, type GraphServer } from '../../testing/graph-server.ts';
import {
  failures,
  providerApi,
  type ProviderApi,
  spaRegistration,
  verificationOf,
} from '../../testing/provider-api.ts';
import { personId } from '../../testing/token-issuer.ts';

let graph: GraphServer;
let portal: BarePortal;
let api: ProviderApi;
let provider: Provider;

beforeAll(async () => {
  graph = await startGraphServer();
  portal = await startBarePortal({ provider: false, graphUrl: graph.url });
  api = providerApi(portal.app, await portal.recover());
  const body = {
    registration: { ...spaRegistration, tenantId: spaRegistration.tenantId.toUpperCase() },
    portalAccess: oneGroupEach({ admin: groupId(1), readOnly: groupId(3) }),
  };
  provider = (await api('POST', '', { body })).provider();
});
afterAll(async () => {
  await portal.close();
  await graph.close();
});

const trial = (accessToken: string, graphAccessToken?: string, revision = provider.revision) =>
  api('POST', `/${provider.id}/trial`, {
    body: {
      revision,
      accessToken,
      ...(graphAccessToken === undefined ? {} : { graphAccessToken }),
    },
  });
async function tryWith(accessToken: string, graphAccessToken?: string): Promise<Verification> {
  return verificationOf(await trial(accessToken, graphAccessToken));
}
const current = async () => (await api('GET', `/${provider.id}`)).provider();
const status = async (headers: Record<string, string>) =>
  (await portal.app.inject({ url: '/api/v1/me', headers })).statusCode;

describe('a trial that fails', () => {
  it.each([
    [{ aud: groupId(1) }, ['token: The access token is not meant for the API']],
    [{ ver: '1.0' }, ['token: The access token is not of version 2']],
    [{ upn: undefined, groups: [groupId(1)] }, ['profile: Missing: User principal name (upn)']],
    [{ groups: undefined }, ['groups: The token names no groups', 'admin: None of your groups']],
    [{ groups: [groupId(3)] }, ['admin: You would be Read only, not Admin']],
    [{ groups: undefined, hasgroups: true }, ['groups: You are in more groups']],
  ])('says what is wrong with %o, and activates nothing', async (claims, expected) => {
    const token = await portal.issuer.token(claims);
    const verification = await tryWith(token);
    expect(verification).toMatchObject({ state: 'failed', credentialId: null });
    const found = failures(verification.checks);
    expect(found).toHaveLength(expected.length);
    expected.forEach((part, index) => expect(found[index]).toContain(part));
    expect(await current()).toMatchObject({ status: 'unverified', verified: null });
    expect(await status(bearer(token))).toBe(401);
    const events = await auditEntries(portal.database);
    // Which checks failed, and no detail of them.
    const names = verification.checks.filter(({ state }) => state === 'failed');
    expect(events.at(-1)).toMatchObject({
      action: 'provider.verificationFailed',
      outcome: 'refused',
      after: { failed: names.map(({ name }) => name) },
    });
  });

  it('reads an incomplete group list through Graph', async () => {
    const token = await portal.issuer.token({ groups: undefined, hasgroups: true });
    graph.answerBy(() => ({ status: 403, body: { error: { code: 'Denied' } } }));
    expect(failures((await tryWith(token, 'graph')).checks)[0]).toContain('403: Denied');
    graph.answerBy(personInGraph(personId, [groupId(3)]));
    const { checks } = await tryWith(token, 'graph');
    expect(failures(checks)[0]).toContain('admin: You would be Read only');
  });

  it('is the latest verification, check by check', async () => {
    const answer = await api('GET', `/${provider.id}/verification`);
    const verification = verificationOf(answer);
    expect(verification.checks.map(({ name, state }) => [name, state])).toEqual([
      ['token', 'passed'],
      ['tenant', 'passed'],
      ['email', 'skipped'],
      ['profile', 'passed'],
      ['person', 'skipped'],
      ['groups', 'passed'],
      ['admin', 'failed'],
    ]);
  });

  it('says when the keys can’t be had', async () => {
    const other = await startBarePortal({ provider: false, loginUrl: 'http://127.0.0.1:9' });
    try {
      const own = providerApi(other.app, await other.recover());
      const portalAccess = oneGroupEach({ admin: groupId(1) });
      const body = { registration: spaRegistration, portalAccess };
      const { id, revision } = (await own('POST', '', { body })).provider();
      const accessToken = await portal.issuer.token();
      const answer = await own('POST', `/${id}/trial`, { body: { revision, accessToken } });
      const verification = verificationOf(answer);
      expect(failures(verification.checks)[0]).toContain('signing keys');
    } finally {
      await other.close();
    }
  });

  it('of another revision isn’t one of this draft', async () => {
    const before = await current();
    const registration = { ...spaRegistration, name: 'Renamed' };
    provider = (
      await api('PUT', `/${before.id}`, { body: { registration }, ifMatch: before.revision })
    ).provider();
    const token = await portal.issuer.token({ groups: [groupId(1)] });
    const answer = await trial(token, undefined, before.revision);
    expect(answer.problem()).toMatchObject({ status: 412, code: 'stale_revision' });
    expect((await current()).status).toBe('unverified');
  });
});

describe('a trial that passes', () => {
  it('activates the provider and its portal access together', async () => {
    const token = await portal.issuer.token({ groups: [groupId(1)] });
    const verification = await tryWith(token);
    expect(verification.state).toBe('passed');
    expect(await status(bearer(token))).toBe(200);
    const listed = await portal.app.inject({ url: '/api/v1/providers', headers: bearer(token) });
    const registration = { ...spaRegistration, name: 'Renamed' };
    expect(listed.json()).toMatchObject({
      providers: [
        {
          status: 'active',
          primary: true,
          verified: registration,
          draft: null,
          draftPortalAccess: null,
          yours: true,
          verifiedAt: expect.any(String) as unknown,
        },
      ],
    });
    const page = (await portal.app.inject('/api/v1/configuration')).json<object>();
    const spa = expect.objectContaining({ clientId: spaRegistration.clientId }) as unknown;
    expect(page).toMatchObject({
      provider: spa,
      providers: [{ id: provider.id, type: 'spa', name: 'Renamed', spa }],
    });
    const audited = await auditEntries(portal.database);
    expect(audited.slice(-3).map(({ action }) => action)).toEqual([
      'provider.verified',
      'provider.activated',
      'portalAccess.changed',
    ]);
    expect(JSON.stringify(audited)).not.toContain(token);
  });

  it('a name counts at once; anything else waits while the verified version serves', async () => {
    const before = bearer(await portal.issuer.token({ groups: [groupId(1)] }));
    const { revision } = await current();
    const edit = (registration: object, ifMatch: string) =>
      api('PUT', `/${provider.id}`, { body: { registration }, ifMatch });
    const named = (await edit({ ...spaRegistration, name: 'Plants' }, revision)).provider();
    expect(named).toMatchObject({ name: 'Plants', status: 'active', draft: null });
    const other = { ...spaRegistration, name: 'Plants', clientId: groupId(50) };
    const edited = (await edit(other, named.revision)).provider();
    expect(edited).toMatchObject({
      status: 'active',
      draft: other,
      draftSignIn: { clientId: groupId(50) },
    });
    expect(await status(before)).toBe(200);
    const dropped = await api('DELETE', `/${provider.id}/draft`, { ifMatch: edited.revision });
    expect(dropped.provider()).toMatchObject({ draft: null, status: 'active' });
    provider = (await edit(other, dropped.provider().revision)).provider();
    const token = await portal.issuer.token({ groups: [groupId(1)], azp: groupId(50) });
    expect(await status(bearer(token))).toBe(401);
    expect((await tryWith(token)).state).toBe('passed');
    // It replaces what was verified before at once: who signed in by that is out.
    expect(await status(before)).toBe(401);
    expect(await status(bearer(token))).toBe(200);
  });

  it('is by the one who asks, where that is a person', async () => {
    const claims = { azp: groupId(50), groups: [groupId(1)] };
    const asker = providerApi(portal.app, bearer(await portal.issuer.token(claims)));
    const tried = async (changes: object) => {
      const { revision } = (provider = await current());
      const accessToken = await portal.issuer.token({ ...claims, ...changes });
      const body = { revision, accessToken };
      return verificationOf(await asker('POST', `/${provider.id}/trial`, { body }));
    };
    const other = { oid: groupId(8), upn: 'bram@example.com', email: 'bram@example.com' };
    const { state, checks } = await tried(other);
    expect([state, failures(checks)]).toEqual([
      'failed',
      [expect.stringContaining('person: You signed in as bram@example.com')],
    ]);
    expect((await tried({})).state).toBe('passed');
    // The same address, as it is in another tenant: whoever answers for it is the same person.
    expect((await tried({ oid: groupId(8), email: 'ada@example.com' })).state).toBe('passed');
  });

  it('needs an Admin by the portal access in force', async () => {
    provider = await current();
    const { checks } = await tryWith(
      await portal.issuer.token({ azp: groupId(50), groups: [groupId(3)] }),
    );
    expect(failures(checks)[0]).toContain('admin: You would be Read only');
    expect((await current()).status).toBe('active');
  });

  it('isn’t activated where it changes meanwhile, or somebody else has tried it', async () => {
    const { revision } = (provider = await current());
    const token = await portal.issuer.token({ azp: groupId(50), groups: [groupId(1)] });
    const answers = await Promise.all([
      trial(token, undefined, revision),
      trial(token, undefined, revision),
    ]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });
});
