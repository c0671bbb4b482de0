import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../../demo/directory.ts';
import { overview } from '../../contract/overview.ts';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { cookieOf, publicUrl } from '../../testing/bare-portal.ts';
import {
  secretInput,
  verificationOf,
  webRegistration,
  wrongFields,
  type ProviderApi,
} from '../../testing/provider-api.ts';
import {
  enterOrganization,
  expiredSecret,
  goodSecret,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';
import { auditEvents } from '../storage/schema.ts';

const day = 86_400_000;
let now = Date.now();
let world: WebProviderPortal;
let ada: ProviderApi;
let id: string;
beforeAll(async () => {
  world = await startWebProviderPortal({ now: () => new Date((now += 1)) });
  ada = await world.as(personIds.ada);
  ({ id } = await enterOrganization(ada));
});
afterAll(() => world.close());

const shown = async (): Promise<Provider> => (await ada('GET', `/${id}`)).provider();
const add = (input: object) => ada('POST', `/${id}/credentials`, { body: input });
async function verify(credentialId?: string): Promise<string> {
  await world.finish(await world.begin(ada, id, credentialId), personIds.ada);
  return verificationOf(await ada('GET', `/${id}/verification`)).state;
}
const path = (credential: ProviderCredential | undefined) =>
  `/${id}/credentials/${credential?.id ?? ''}`;
const audited = async () =>
  (await world.portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence)).map(
    ({ action, actor }) => `${action} ${actor.name}`,
  );

describe('a second secret', () => {
  it('is checked as the first was', async () => {
    for (const [input, field] of [
      [secretInput('0a1b2c3d-0000-4000-8000-0000000000f1'), '/value'],
      [secretInput('one', -1), '/expiresAt'],
      [{ ...secretInput(), expiresAt: 'soon' }, '/expiresAt'],
      [{ kind: 'certificate', certificate: 'x', privateKey: 'y' }, '/certificate'],
    ] as const) {
      expect(wrongFields(await add(input))).toEqual([field]);
    }
  });

  it('the only one can’t be retired, and one that no sign-in has used isn’t promoted', async () => {
    const [first] = (await shown()).credentials;
    expect((await ada('DELETE', path(first))).problem().code).toBe('last_credential');
    const promoted = await ada('POST', `${path(first)}/promotion`);
    expect(promoted.problem().code).toBe('credential_not_verified');
    const missing = await ada('POST', `/${id}/credentials/${id}/promotion`);
    expect(missing.status).toBe(404);
  });

  it('is verified while the first serves, then promoted, then the first is retired', async () => {
    expect(await verify()).toBe('passed');
    const first = (await shown()).credentials[0];
    const { credentials } = (await add(secretInput(goodSecret, 200))).provider();
    const second = credentials.find((one) => one.id !== first?.id);
    expect(second?.status).toBe('unverified');
    expect(await verify(second?.id)).toBe('passed');
    expect((await shown()).credentials.map(({ status }) => status)).toEqual(['current', 'standby']);
    expect((await ada('DELETE', path(first))).problem().code).toBe('credential_in_use');
    const promoted = (await ada('POST', `${path(second)}/promotion`)).provider();
    expect(promoted.credentials.map(({ status }) => status)).toEqual(['standby', 'current']);
    const left = (await ada('DELETE', path(first))).provider();
    expect(left.credentials).toMatchObject([{ id: second?.id, status: 'current' }]);
    expect((await audited()).slice(-2)).toEqual([
      'provider.credentialPromoted Ada Verhaegen',
      'provider.credentialRetired Ada Verhaegen',
    ]);
  });

  it('one that fails its verification changes nothing', async () => {
    const before = await shown();
    const { credentials } = (await add(secretInput('local-secret-of-nobody'))).provider();
    const wrong = credentials.find(({ status }) => status === 'unverified');
    expect(await verify(wrong?.id)).toBe('failed');
    await ada('DELETE', path(wrong));
    expect(await shown()).toEqual(before);
  });
});

/** Signs Ada in by the provider; the address that the browser ends on. */
async function signIn(): Promise<string> {
  const begun = await world.portal.app.inject({
    method: 'POST',
    url: '/api/v1/sign-in',
    headers: { origin: publicUrl },
    payload: { providerId: id, returnTo: '/' },
  });
  const cookie = cookieOf(begun.headers['set-cookie']);
  const { url } = begun.json<{ url: string }>();
  return world.finish({ url, cookie }, personIds.ada);
}

/** As time or an administrator of Entra would change it. */
async function meanwhile(statement: string, ...values: string[]): Promise<void> {
  await world.portal.database.pool.query(statement, values);
  const registration = (await shown()).verified;
  const { revision } = await shown();
  // Any change of the provider makes the portal read it anew.
  await ada('PUT', `/${id}`, { body: { registration }, ifMatch: revision });
}

describe('near its end', () => {
  const expiring = async () => {
    const headers = await world.portal.recover();
    const answer = await world.portal.app.inject({ url: '/api/v1/overview', headers });
    return overview.parse(answer.json()).expiringCredentials;
  };

  it('a secret isn’t told on Overview where its provider was never verified', async () => {
    const body = { registration: webRegistration, credential: secretInput(goodSecret, 5) };
    expect((await ada('POST', '', { body })).provider().status).toBe('unverified');
    expect(await expiring()).toEqual([]);
  });

  it('a secret is told on Overview from 30 days on, and whether another one follows', async () => {
    expect(await expiring()).toEqual([]);
    const { credentials } = (await add(secretInput(goodSecret, 20))).provider();
    const soon = credentials.find(({ status }) => status === 'unverified');
    expect(await expiring()).toMatchObject([
      { providerId: id, providerName: 'Contoso Plants', credentialId: soon?.id, replaced: true },
    ]);
    expect(await verify(soon?.id)).toBe('passed');
    await ada('POST', `${path(soon)}/promotion`);
  });

  it('once it has expired, sign-ins use the one that stands by, which that promotes', async () => {
    const of = (status: string, { credentials }: Provider) =>
      credentials.find((one) => one.status === status);
    const before = await shown();
    const over = new Date(now - day).toISOString();
    const set = 'update provider_credentials set expires_at = $1 where id = $2';
    await meanwhile(set, over, of('current', before)?.id ?? '');
    expect(await expiring()).toMatchObject([{ expiresAt: over, replaced: true }]);
    expect(await signIn()).toContain('/sign-in/complete');
    const after = await shown();
    expect(of('current', after)?.id).toBe(of('standby', before)?.id);
    expect(await audited()).toContain('provider.credentialPromoted Gatehouse');
    const expired = await ada('POST', `${path(of('standby', after))}/promotion`);
    expect(expired.problem().code).toBe('credential_expired');
  });
});

describe('a secret that Microsoft refuses', () => {
  it('is the provider’s failure until a sign-in works, told and audited once each', async () => {
    const { credentials } = (await add(secretInput(expiredSecret, 90))).provider();
    const refused = credentials.find(({ status }) => status === 'unverified')?.id ?? '';
    const good = credentials.find(({ status }) => status === 'current')?.id ?? '';
    const count = async (action: string) =>
      (await audited()).filter((entry) => entry === `provider.${action} Gatehouse`).length;
    const use = "update provider_credentials set status = 'current' where id = $1";
    const leave = "update provider_credentials set status = 'unverified' where id = $1";
    await meanwhile(leave, good);
    await meanwhile(use, refused);
    expect(await signIn()).toContain('code=credential_refused');
    expect(await signIn()).toContain('aadsts=7000222');
    expect((await shown()).failure).toMatchObject({ code: 'credential_refused', aadsts: 7000222 });
    expect([await count('failing'), await count('recovered')]).toEqual([1, 0]);
    // One that stands by works: sign-ins go on failing all the same.
    expect(await verify(good)).toBe('passed');
    expect((await shown()).failure).not.toBeNull();
    expect((await ada('POST', `/${id}/credentials/${good}/promotion`)).status).toBe(200);
    expect(await signIn()).toContain('/sign-in/complete');
    expect((await shown()).failure).toBeNull();
    await signIn();
    expect([await count('failing'), await count('recovered')]).toEqual([1, 1]);
  });

  it('isn’t told by the address that a browser comes back to: anybody can write that', async () => {
    const begun = await world.portal.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: { origin: publicUrl },
      payload: { providerId: id, returnTo: '/' },
    });
    const { url } = begun.json<{ url: string }>();
    const forged = new URLSearchParams({
      state: new URL(url).searchParams.get('state') ?? '',
      error: 'invalid_client',
      error_description: 'AADSTS7000222: The provided client secret keys are expired.',
    });
    const answer = await world.portal.app.inject({
      url: `/sign-in/callback?${forged.toString()}`,
      headers: { cookie: cookieOf(begun.headers['set-cookie']) },
    });
    expect(answer.headers.location).toContain('code=provider_refused');
    expect((await shown()).failure).toBeNull();
  });
});
