import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteUser, portalUser, type PortalUser } from '../../contract/users.ts';
import {
  startWebPortal,
  webGroups,
  type WebBrowser,
  type WebPortal,
} from '../../testing/web-portal.ts';
import { personId, tenantId } from '../../testing/token-issuer.ts';

let portal: WebPortal;
let recovery: Record<string, string>;

beforeAll(async () => {
  portal = await startWebPortal();
  recovery = await portal.recover();
});
afterAll(() => portal.close());

async function asRecovery(method: 'GET' | 'POST' | 'PUT', path: string, body?: object, tag = '') {
  const answer = await portal.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...recovery, ...(tag === '' ? {} : { 'if-match': `"${tag}"` }) },
    ...(body === undefined ? {} : { payload: body }),
  });
  return answer.json<unknown>();
}
const readUser = async (id: string): Promise<PortalUser> =>
  portalUser.parse(await asRecovery('GET', `/users/${id}`));
async function signedIn(claims: Record<string, unknown>): Promise<WebBrowser> {
  portal.provider.misbehave({ claims });
  const browser = portal.browser();
  await browser.signIn();
  return browser;
}

describe('a portal user who comes in by a web application', () => {
  it('is linked, known with another address, and signed out when they are disabled', async () => {
    const wish = { name: 'Ada', email: 'ada@example.com', role: 'securityAnalyst' };
    const { user } = inviteUser.response.parse(await asRecovery('POST', '/users', wish));
    const claims = { email: 'ada@example.com', groups: [] };
    const first = await signedIn(claims);
    expect((await first.me()).json()).toMatchObject({
      via: 'web',
      portalRole: 'securityAnalyst',
      portalUser: { id: user.id },
    });
    const linked = await readUser(user.id);
    expect(linked).toMatchObject({ linked: { tenantId, objectId: personId, changedEmail: null } });

    const second = await signedIn({ ...claims, email: 'a.verhaegen@example.com' });
    expect((await second.me()).json()).toMatchObject({ portalUser: { id: user.id } });
    const moved = await readUser(user.id);
    expect(moved.linked?.changedEmail).toBe('a.verhaegen@example.com');
    expect(moved.lastSignInAt).not.toBe(linked.lastSignInAt);

    const stranger = await signedIn({ ...claims, oid: '0a1b2c3d-0000-4000-8000-0000000000ff' });
    expect((await stranger.me()).json()).toMatchObject({ status: 403, code: 'address_taken' });

    const change = { name: 'Ada', role: 'securityAnalyst', disabled: true };
    await asRecovery('PUT', `/users/${user.id}`, change, moved.revision);
    for (const browser of [first, second]) {
      expect((await browser.me()).json()).toMatchObject({
        status: 401,
        code: 'session_ended',
        details: { reason: 'administrator' },
      });
    }
    const again = await signedIn({ ...claims, groups: [webGroups.admin] });
    expect((await again.me()).json()).toMatchObject({ status: 403, code: 'user_disabled' });
  });
});
