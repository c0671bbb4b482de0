import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { partnerPersonIds, partnerTenantId } from '../demo/partner-tenants.ts';
import { requestTokens, visit } from '../testing/entra-sign-in.ts';
import type { EntraAddress, SignInWish } from '../testing/entra-sign-in.ts';
import { signInByWeb, webRedirectUri } from '../testing/entra-web-client.ts';
import type { WebSignIn } from '../testing/entra-web-client.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignIn;
const single = clientIds.organizationSignInNext;
const secret = 'local-entra-secret-that-is-valid';
const { stijn, mara, tessa } = partnerPersonIds;

let entra: LocalEntra;
let elsewhere: EntraAddress;
beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
  elsewhere = { origin: entra.origin, tenantId: partnerTenantId };
});
afterAll(() => entra.close());

function signIn(oid: string, scope = 'openid profile email'): Promise<WebSignIn> {
  const authentication = oidc.ClientSecretPost(secret);
  return signInByWeb(elsewhere, { clientId, authentication, oid, scope });
}

function wish(oid: string, more: Partial<SignInWish> = {}): SignInWish {
  const parameters = { response_mode: 'query' };
  return { oid, clientId, redirectUri: webRedirectUri, scope: 'openid', parameters, ...more };
}

describe('a multitenant application', () => {
  it('gets tokens of the tenant that the person is in', async () => {
    const { claims } = await signIn(stijn);
    expect(claims).toMatchObject({
      iss: `${entra.origin}/${partnerTenantId}/v2.0`,
      tid: partnerTenantId,
      oid: stijn,
      email: 'stijn.vos@fabrikam-services.example',
      xms_edov: true,
      groups: ['4b000000-0000-4000-8000-000000000001'],
    });
  });

  it('sees that an address was claimed by a foreign administrator', async () => {
    expect((await signIn(mara)).claims).toMatchObject({
      tid: partnerTenantId,
      email: 'ada.verhaegen@contoso-plants.example',
      xms_edov: false,
    });
  });

  it.each(['organizations', 'common'])('lets anybody in on /%s', async (name) => {
    for (const [oid, tid] of [
      [stijn, partnerTenantId],
      [personIds.bram, tenantId],
    ] as const) {
      const { answer } = await visit({ ...entra, tenantId: name }).authorize(
        wish(oid, { parameters: { response_mode: 'query', code_challenge: '' } }),
      );
      const form = {
        client_id: clientId,
        client_secret: secret,
        grant_type: 'authorization_code',
        code: answer?.get('code') ?? '',
        redirect_uri: webRedirectUri,
        client_info: '1',
      };
      const response = await requestTokens({ ...entra, tenantId: name }, undefined, form);
      const { client_info } = (await response.json()) as { client_info: string };
      const info: unknown = JSON.parse(Buffer.from(client_info, 'base64url').toString());
      expect(info).toEqual({ uid: oid, utid: tid });
    }
  });

  it('keeps people out of a tenant that they aren’t in', async () => {
    const { page } = await visit(entra).authorize(wish(stijn));
    expect(page).toContain('AADSTS50020');
    expect(page).toContain(`https://sts.windows.net/${partnerTenantId}/`);
    expect((await visit(elsewhere).authorize(wish(personIds.bram))).page).toContain('AADSTS50020');
  });

  it('can’t redeem a code at another tenant', async () => {
    const { answer, verifier } = await visit({ ...entra, tenantId: 'common' }).authorize(
      wish(stijn),
    );
    const form = {
      client_id: clientId,
      client_secret: secret,
      grant_type: 'authorization_code',
      code: answer?.get('code') ?? '',
      redirect_uri: webRedirectUri,
      code_verifier: verifier,
    };
    const response = await requestTokens(entra, undefined, form);
    expect(await response.json()).toMatchObject({ error_codes: [700005] });
  });

  it('has each tenant’s own consent', async () => {
    const [person, administrator] = [visit(elsewhere), visit(elsewhere)];
    const scope = 'openid GroupMember.Read.All';
    expect((await person.authorize(wish(mara, { scope }))).page).toContain('AADSTS90094');
    await administrator.authorize(wish(tessa, { scope }));
    expect((await person.authorize(wish(mara, { scope }))).answer?.get('code')).toBeTruthy();
    const { tokens } = await signIn(mara, scope);
    const graph = async (path: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return (await fetch(`${entra.origin}/graph/v1.0${path}`, { headers })).json();
    };
    expect(await graph('/groups')).toMatchObject({
      value: [{ displayName: 'Fabrikam Field Engineers' }],
    });
  });

  it('is new to a tenant until somebody consents', async () => {
    entra.changeApplication(single, { multitenant: true });
    const [person, another] = [visit(elsewhere), visit(elsewhere)];
    await person.authorize(wish(stijn));
    await another.authorize(wish(mara));
    const silently = async (visitor: typeof person, oid: string): Promise<string | undefined> => {
      const parameters = { response_mode: 'query', prompt: 'none' };
      const { answer } = await visitor.authorize(wish(oid, { clientId: single, parameters }));
      return answer?.get('error_description')?.slice(0, 11);
    };
    expect(await silently(person, stijn)).toBe('AADSTS65001');
    await person.authorize(wish(stijn, { clientId: single }));
    expect(await silently(person, stijn)).toBeUndefined();
    expect(await silently(another, mara)).toBe('AADSTS65001');
    entra.changeApplication(single, { multitenant: false });
  });
});

describe('a single-tenant application', () => {
  const page = async (tenant: string): Promise<string> =>
    (await visit({ ...entra, tenantId: tenant }).authorize(wish(stijn, { clientId: single }))).page;

  it('is refused for any tenant, for another, and for people of another', async () => {
    expect(await page('organizations')).toContain('AADSTS50194');
    expect(await page('common')).toContain('AADSTS50194');
    expect(await page(partnerTenantId)).toContain('AADSTS700016');
    expect(await page('fabrikam-services.example')).toMatch(/AADSTS700016[^<]*Fabrikam Services/);
    expect(await page(tenantId)).toContain('AADSTS50020');
  });

  it('is so at the token endpoint too', async () => {
    const form = { client_id: single, grant_type: 'refresh_token', refresh_token: 'x' };
    for (const [tenant, number] of [
      ['organizations', 50194],
      [partnerTenantId, 700016],
    ] as const) {
      const response = await requestTokens({ ...entra, tenantId: tenant }, undefined, form);
      expect(await response.json()).toMatchObject({ error_codes: [number] });
    }
  });
});

describe('the account picker', () => {
  it('shows the tenants apart, and knows people by their user name', async () => {
    const visitor = visit({ ...entra, tenantId: 'organizations' });
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: webRedirectUri,
      response_type: 'code',
      scope: 'openid',
    });
    const begun = await visitor.request(`/organizations/oauth2/v2.0/authorize?${query.toString()}`);
    const location = begun.headers.get('location') ?? '';
    const picker = await (await visitor.request(location)).text();
    expect(picker.indexOf('Contoso Plants</h3>')).toBeLessThan(picker.indexOf('Rosa van Dijk'));
    expect(picker.indexOf('Rosa van Dijk')).toBeLessThan(picker.indexOf('Fabrikam Services</h3>'));
    const ctx = new URL(location, entra.origin).searchParams.get('ctx') ?? '';
    const body = new URLSearchParams({
      ctx,
      action: 'name',
      name: 'ada.verhaegen@contoso-plants.example',
    });
    const next = await visitor.request('/organizations/login', { method: 'POST', body });
    const password = await (await visitor.request(next.headers.get('location') ?? '')).text();
    expect(password).toContain('Contoso Plants');
  });
});
