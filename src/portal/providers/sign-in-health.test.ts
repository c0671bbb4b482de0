import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicUrl } from '../../testing/bare-portal.ts';
import { startWebPortal, type WebPortal } from '../../testing/web-portal.ts';
import { signInProviders } from '../storage/provider-schema.ts';
import { auditEvents } from '../storage/schema.ts';

let portal: WebPortal;
beforeAll(async () => {
  portal = await startWebPortal();
});
beforeEach(() => portal.provider.misbehave({}));
afterAll(() => portal.close());

const failure = async () => (await portal.database.db.select().from(signInProviders))[0]?.failure;
const events = async () =>
  (await portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence)).filter(
    ({ action }) => action.startsWith('provider.'),
  );

describe('a provider isn’t said to fail by what anybody can write', () => {
  it.each([
    { code: 'x', iss: 'https://login.example/v2.0' },
    { error: 'server_error', error_description: 'AADSTS7000222: expired' },
    { error: 'invalid_client', error_description: 'AADSTS7000215: wrong' },
    { code: 'x'.repeat(4000) },
    {},
  ])('into the address that a browser comes back to: %o', async (parameters) => {
    const browser = portal.browser();
    const state = (await browser.begin()).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ ...parameters, state });
    const to = await browser.answer(new URL(`/sign-in/callback?${query.toString()}`, publicUrl));
    expect(to).toContain('/sign-in/failed#');
    expect([await failure(), await events()]).toEqual([null, []]);
  });

  it('into the address that it is sent to', async () => {
    const browser = portal.browser();
    const url = await browser.begin();
    url.searchParams.set('nonce', 'my-own');
    expect(await browser.answer(await browser.arrive(url))).toContain('code=id_token_invalid');
    expect([await failure(), await events()]).toEqual([null, []]);
  });

  it('but by what it answers itself', async () => {
    portal.provider.misbehave({ claims: { aud: crypto.randomUUID() } });
    await portal.browser().signIn();
    expect(await failure()).toMatchObject({ code: 'id_token_invalid' });
  });
});
