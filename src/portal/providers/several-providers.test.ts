import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../contract/me.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import {
  listed,
  providerApi,
  type ProviderApi,
  removalOf,
  spaRegistration,
} from '../../testing/provider-api.ts';
import { clientId } from '../../testing/token-issuer.ts';
import { auditEvents } from '../storage/schema.ts';

const next = { ...spaRegistration, name: 'Next', clientId: groupId(51), apiClientId: groupId(52) };

/** Somebody by the provider of the environment, or by the one that was added. */
const tokenOf = (portal: BarePortal, by: 'first' | 'next') =>
  portal.issuer.token({
    groups: [groupId(1)],
    sid: by,
    ...(by === 'first' ? {} : { azp: next.clientId, aud: `api://${next.apiClientId}` }),
  });

async function activated(portal: BarePortal, api: ProviderApi): Promise<Provider> {
  const entered = (await api('POST', '', { body: { registration: next } })).provider();
  const accessToken = await tokenOf(portal, 'next');
  const body = { revision: entered.revision, accessToken };
  expect((await api('POST', `/${entered.id}/trial`, { body })).body).toMatchObject({
    verification: { state: 'passed' },
  });
  return (await api('GET', `/${entered.id}`)).provider();
}

describe('beside the provider of the environment', () => {
  let portal: BarePortal;
  let recovery: ProviderApi;
  let added: Provider;
  beforeAll(async () => {
    portal = await startBarePortal();
    await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
    recovery = providerApi(portal.app, await portal.recover());
    added = await activated(portal, recovery);
  });
  afterAll(() => portal.close());

  const me = async (headers: Record<string, string>) =>
    (await portal.app.inject({ url: '/api/v1/me', headers })).json<Me>();
  const offered = async () =>
    (await portal.app.inject('/api/v1/configuration')).json<{
      provider: { clientId: string };
      providers: { id: string }[];
    }>();

  it('each token is judged by the provider that it names, and the principal says which', async () => {
    const [first, second] = [await tokenOf(portal, 'first'), await tokenOf(portal, 'next')];
    for (let round = 0; round < 2; round += 1) {
      expect(await me(bearer(first))).toMatchObject({ via: 'spa', providerId: 'environment' });
      expect(await me(bearer(second))).toMatchObject({ via: 'spa', providerId: added.id });
    }
  });

  it('no token mixes them up', async () => {
    const mixed = await portal.issuer.token({ azp: next.clientId, groups: [groupId(1)] });
    expect(await me(bearer(mixed))).toMatchObject({ status: 401, code: 'token_wrong_client' });
    const strange = await portal.issuer.token({ aud: groupId(7), azp: groupId(8) });
    expect(await me(bearer(strange))).toMatchObject({ status: 401, code: 'token_wrong_audience' });
    expect(await me(bearer('not.a.token'))).toMatchObject({ status: 401 });
  });

  it('the environment’s is primary until another is promoted, and can be again', async () => {
    expect((await offered()).providers.map(({ id }) => id)).toEqual(['environment', added.id]);
    expect((await recovery('POST', `/${added.id}/promotion`)).provider().primary).toBe(true);
    const page = await offered();
    expect(page.providers.map(({ id }) => id)).toEqual([added.id, 'environment']);
    expect(page.provider.clientId).toBe(next.clientId);
    const back = (await recovery('POST', '/environment/promotion')).provider();
    expect(back).toMatchObject({ id: 'environment', primary: true, source: 'environment' });
    expect((await offered()).provider.clientId).toBe(clientId);
    const events = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(events.filter(({ action }) => action === 'provider.promoted')).toHaveLength(2);
  });

  it('the environment’s is shown, and nothing of it changes here', async () => {
    const shown = (await recovery('GET', '/environment')).provider();
    expect(shown).toMatchObject({
      source: 'environment',
      status: 'active',
      verified: { clientId },
    });
    const acknowledged = { body: { acknowledged: true }, ifMatch: shown.revision };
    for (const answer of [
      await recovery('PUT', '/environment', {
        body: { registration: next },
        ifMatch: shown.revision,
      }),
      await recovery('POST', '/environment/retirement', acknowledged),
      await recovery('POST', '/environment/deletion', acknowledged),
      await recovery('GET', '/environment/removal'),
    ]) {
      expect(answer.problem()).toMatchObject({ status: 409, code: 'provider_from_environment' });
    }
  });

  it('one’s own is taken only when that is acknowledged', async () => {
    const own = providerApi(portal.app, bearer(await tokenOf(portal, 'next')));
    const { id, revision } = (await own('GET', `/${added.id}`)).provider();
    const review = await removalOf(own, id);
    expect(review).toEqual({
      allowed: true,
      yours: true,
      openSessions: 0,
      nextPrimary: null,
      left: [
        {
          providerId: 'environment',
          providerName: 'Microsoft',
          adminGroups: [`Name of ${groupId(1)}`],
          adminUsers: [],
        },
      ],
    });
    const retire = (acknowledged: boolean) =>
      own('POST', `/${id}/retirement`, { body: { acknowledged }, ifMatch: revision });
    expect((await retire(false)).problem()).toMatchObject({
      status: 409,
      code: 'lockout',
      details: { reason: 'own_provider' },
    });
    expect((await retire(true)).provider()).toMatchObject({ status: 'retired', primary: false });
    expect((await own('GET', '')).status).toBe(401);
    expect((await offered()).providers.map((one) => one.id)).toEqual(['environment']);
  });

  it('a retired one is brought back by another verification', async () => {
    const { id, revision, draftSignIn } = (await recovery('GET', `/${added.id}`)).provider();
    expect(draftSignIn).toMatchObject({ clientId: next.clientId });
    expect((await recovery('POST', `/${id}/promotion`)).problem().code).toBe('provider_not_active');
    const body = { revision, accessToken: await tokenOf(portal, 'next') };
    await recovery('POST', `/${id}/trial`, { body });
    expect((await recovery('GET', `/${id}`)).provider().status).toBe('active');
  });
});

describe('R9: the last way in as Admin', () => {
  let portal: BarePortal;
  let recovery: ProviderApi;
  beforeAll(async () => {
    portal = await startBarePortal({ provider: false });
    await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
    recovery = providerApi(portal.app, await portal.recover());
  });
  afterAll(() => portal.close());

  it('isn’t taken, not even in a recovery session', async () => {
    const { id, revision, primary } = await activated(portal, recovery);
    expect(primary).toBe(true);
    const review = await removalOf(recovery, id);
    expect(review).toMatchObject({ allowed: false, yours: false, left: [] });
    for (const path of ['retirement', 'deletion']) {
      const body = { acknowledged: true };
      const answer = await recovery('POST', `/${id}/${path}`, { body, ifMatch: revision });
      expect(answer.problem()).toMatchObject({
        status: 409,
        code: 'lockout',
        details: { reason: 'last_way_in' },
      });
    }
    expect((await recovery('GET', `/${id}`)).provider()).toMatchObject({
      status: 'active',
      revision,
    });
  });

  it('is taken once another is there; of two that go at once one stays', async () => {
    const registration = { ...spaRegistration, name: 'First' };
    const first = (await recovery('POST', '', { body: { registration } })).provider();
    const accessToken = await tokenOf(portal, 'first');
    await recovery('POST', `/${first.id}/trial`, {
      body: { revision: first.revision, accessToken },
    });
    const { providers } = await listed(recovery);
    expect(providers.map(({ name, primary }) => [name, primary])).toEqual([
      ['Next', true],
      ['First', false],
    ]);
    const [next] = providers;
    expect((await removalOf(recovery, next?.id ?? '')).nextPrimary).toEqual({
      id: first.id,
      name: 'First',
    });
    expect((await removalOf(recovery, first.id)).nextPrimary).toBeNull();
    const body = { acknowledged: false };
    const answers = await Promise.all(
      providers.map(({ id, revision }) =>
        recovery('POST', `/${id}/deletion`, { body, ifMatch: revision }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const left = (await listed(recovery)).providers;
    expect(left).toMatchObject([{ status: 'active', primary: true }]);
  });
});
