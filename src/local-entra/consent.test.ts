import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { partnerPersonIds, partnerTenantId } from '../demo/partner-tenants.ts';
import { visit } from '../testing/entra-sign-in.ts';
import type { Visitor } from '../testing/entra-sign-in.ts';
import { webRedirectUri } from '../testing/entra-web-client.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignInNext;
const graph = 'https://graph.microsoft.com';

let entra: LocalEntra;
beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
});
beforeEach(() => {
  entra.changeApplication(clientId, { consentedGraphScopes: ['GroupMember.Read.All'] });
});
afterAll(() => entra.close());

/** A browser in which this person is signed in already, through another application. */
async function signedIn(oid: string): Promise<Visitor> {
  const visitor = visit(entra);
  const parameters = { response_mode: 'query' };
  const through = { clientId: clientIds.organizationSignIn, redirectUri: webRedirectUri };
  await visitor.authorize({ oid, ...through, scope: 'openid', parameters });
  return visitor;
}

/** From a request to the page that it ends on. */
async function open(visitor: Visitor, url: string): Promise<{ page: string; ctx: string }> {
  const begun = await visitor.request(url);
  const response = await visitor.request(begun.headers.get('location') ?? '');
  const page = await response.text();
  return { page, ctx: /name="ctx" value="([^"]+)"/.exec(page)?.[1] ?? '' };
}

async function press(visitor: Visitor, ctx: string, action: string): Promise<URLSearchParams> {
  const body = new URLSearchParams({ ctx, action });
  let response = await visitor.request(`/${tenantId}/login`, { method: 'POST', body });
  let location = new URL(response.headers.get('location') ?? '', entra.origin);
  if (location.origin === entra.origin) {
    response = await visitor.request(location.href);
    location = new URL(response.headers.get('location') ?? '');
  }
  expect(location.origin + location.pathname).toBe(webRedirectUri);
  return location.searchParams;
}

function adminConsent(changes: Record<string, string> = {}, tenant = tenantId): string {
  const query = new URLSearchParams({
    client_id: clientId,
    scope: `${graph}/User.Read ${graph}/Group.Read.All`,
    redirect_uri: webRedirectUri,
    state: 's 1',
    ...changes,
  });
  return `/${tenant}/v2.0/adminconsent?${query.toString()}`;
}

function authorize(changes: Record<string, string>): string {
  const query = new URLSearchParams({
    client_id: clientId,
    scope: 'openid User.Read',
    redirect_uri: webRedirectUri,
    response_type: 'code',
    state: 's 1',
    ...changes,
  });
  return `/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`;
}

describe('/adminconsent', () => {
  it('lets an administrator consent for everyone', async () => {
    const ada = await signedIn(personIds.ada);
    const { page, ctx } = await open(ada, adminConsent());
    expect(page).toContain('Permissions requested');
    expect(page).toContain('Group.Read.All');
    expect(page).toContain('all people of Contoso Plants');
    expect(Object.fromEntries(await press(ada, ctx, 'consent'))).toEqual({
      admin_consent: 'True',
      tenant: tenantId,
      state: 's 1',
      scope: `${graph}/User.Read ${graph}/Group.Read.All`,
    });
    const bram = await signedIn(personIds.bram);
    const url = authorize({ scope: 'openid Group.Read.All', prompt: 'none' });
    const silent = await bram.request(url);
    expect(silent.headers.get('location')).toContain('code=1.');
  });

  it('refuses others, and leads back with the error', async () => {
    const bram = await signedIn(personIds.bram);
    const { page } = await open(bram, adminConsent());
    expect(page).toContain('AADSTS90094');
    const back = /href="([^"]+)"[^>]*>\s*Return to the application/.exec(page)?.[1] ?? '';
    const { searchParams } = new URL(back.replaceAll('&#38;', '&'));
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('state')).toBe('s 1');
  });

  it('takes a refusal', async () => {
    const ada = await signedIn(personIds.ada);
    const { ctx } = await open(ada, adminConsent());
    const answer = await press(ada, ctx, 'cancel');
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.get('error_subcode')).toBe('cancel');
    expect(answer.get('error_description')).toContain('AADSTS65004');
  });

  it('answers for the administrator’s own tenant', async () => {
    entra.changeApplication(clientId, { multitenant: true });
    const visitor = visit({ ...entra, tenantId: partnerTenantId });
    const parameters = { response_mode: 'query' };
    await visitor.authorize({
      oid: partnerPersonIds.tessa,
      clientId,
      redirectUri: webRedirectUri,
      scope: 'openid',
      parameters,
    });
    const { page, ctx } = await open(visitor, adminConsent({}, 'organizations'));
    expect(page).toContain('all people of Fabrikam Services');
    const answer = await press(visitor, ctx, 'consent');
    expect(answer.get('tenant')).toBe(partnerTenantId);
  });

  it('answers nobody but the application', async () => {
    const response = await visit(entra).request(
      adminConsent({ redirect_uri: 'https://evil.example/' }),
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('AADSTS50011');
  });
});

describe('consent in a sign-in', () => {
  it('is the person’s own, asked once, and again with prompt=consent', async () => {
    const bram = await signedIn(personIds.bram);
    const { page, ctx } = await open(bram, authorize({}));
    expect(page).toContain('User.Read');
    expect((await press(bram, ctx, 'consent')).get('code')).toBeTruthy();
    const again = await bram.request(authorize({}));
    expect(again.headers.get('location')).toContain('code=1.');
    const prompted = await open(bram, authorize({ prompt: 'consent' }));
    expect(prompted.page).toContain('Permissions requested');
    const chloe = await signedIn(personIds.chloe);
    expect((await open(chloe, authorize({}))).page).toContain('Permissions requested');
  });

  it('says so when it is declined', async () => {
    const elif = await signedIn(personIds.elif);
    const { ctx } = await open(elif, authorize({}));
    expect(Object.fromEntries(await press(elif, ctx, 'cancel'))).toEqual({
      error: 'access_denied',
      error_subcode: 'cancel',
      error_description: expect.stringMatching(/^AADSTS65004: /),
      error_uri: `${entra.origin}/error?code=65004`,
      state: 's 1',
    });
  });

  it('is an administrator’s with prompt=admin_consent', async () => {
    const dries = await signedIn(personIds.dries);
    const refused = await open(dries, authorize({ prompt: 'admin_consent' }));
    expect(refused.page).toContain('AADSTS90094');
    const ada = await signedIn(personIds.ada);
    const { ctx } = await open(ada, authorize({ prompt: 'admin_consent' }));
    expect((await press(ada, ctx, 'consent')).get('code')).toBeTruthy();
    const silent = await dries.request(authorize({ prompt: 'none' }));
    expect(silent.headers.get('location')).toContain('code=1.');
  });
});
