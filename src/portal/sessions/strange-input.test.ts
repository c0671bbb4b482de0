import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebPortal, webGroups, type WebPortal } from '../../testing/web-portal.ts';

let portal: WebPortal;
beforeAll(async () => {
  portal = await startWebPortal();
});
afterAll(() => portal.close());

const encoded = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString('base64');
const context = { acrs: { essential: true, value: 'c1' } };

describe('what no page of ours sends', () => {
  it.each(['%00', 'a%00b', '%ED%A0%80', 'x'.repeat(201), 'a&sid=b'])(
    'ends no session and fails nowhere: a session %s at Entra',
    async (sid) => {
      const url = `/sign-in/front-channel-logout?sid=${sid}`;
      expect((await portal.app.inject({ url })).statusCode).toBe(200);
    },
  );

  it('is no id of a session', async () => {
    portal.provider.misbehave({ claims: { groups: [webGroups.admin] } });
    const browser = portal.browser();
    await browser.signIn();
    for (const id of ['-'.repeat(36), 'a'.repeat(36), 'x', '%00']) {
      expect((await browser.call('DELETE', `/portal-sessions/${id}`)).statusCode).toBe(404);
    }
  });

  it.each([
    ['groups', { id_token: { groups: { essential: true } } }],
    ['more than a context', { id_token: { ...context, email: null } }],
    ['another token', { access_token: context }],
    ['user info', { userinfo: {}, id_token: context }],
    ['no context of Entra’s', { id_token: { acrs: { essential: true, value: 'urn:x' } } }],
    ['nothing', {}],
    ['text', 'c1'],
  ])('asks for no claims but a context for a change: %s', async (_name, claims) => {
    const body = { providerId: portal.providerId, returnTo: '/', claims: encoded(claims) };
    const answer = await portal.browser().call('POST', '/sign-in', { body });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ path: '/claims' }] });
  });

  it('lets a challenge of ours through', async () => {
    const url = await portal.browser().begin({ claims: encoded({ id_token: context }) });
    expect(JSON.parse(url.searchParams.get('claims') ?? '')).toEqual({ id_token: context });
  });
});
