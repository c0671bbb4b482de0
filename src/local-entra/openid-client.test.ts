import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, groupIds, personIds, tenantId } from '../demo/directory.ts';
import { claimsOf, visit } from '../testing/entra-sign-in.ts';
import { signInByWeb, webRedirectUri } from '../testing/entra-web-client.ts';
import type { WebSignIn, WebSignInWish } from '../testing/entra-web-client.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignIn;
const secret = 'local-entra-secret-that-is-valid';
const secretId = '3a000000-0000-4000-8000-0000000000f3';

let entra: LocalEntra;
beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
});
afterAll(() => entra.close());

function signIn(
  authentication: oidc.ClientAuth,
  more: Partial<WebSignInWish> = {},
): Promise<WebSignIn> {
  return signInByWeb(entra, { clientId, authentication, oid: personIds.bram, ...more });
}

describe('openid-client as a web application', () => {
  it.each([
    ['client_secret_post', oidc.ClientSecretPost(secret)],
    ['client_secret_basic', oidc.ClientSecretBasic(secret)],
  ])('signs in with %s, PKCE, state and nonce', async (_, authentication) => {
    const { configuration, tokens, claims } = await signIn(authentication);
    expect(claims).toMatchObject({ oid: personIds.bram, tid: tenantId });
    expect(tokens).not.toHaveProperty('refresh_token_expires_in');
    const renewed = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    const info = await oidc.fetchUserInfo(configuration, renewed.access_token, claims.sub);
    expect(info['name']).toBe('Bram Claes');
  });

  it('learns all that it needs from the id token', async () => {
    const { claims } = await signIn(oidc.ClientSecretPost(secret));
    expect(claims).toMatchObject({
      ver: '2.0',
      name: 'Bram Claes',
      given_name: 'Bram',
      family_name: 'Claes',
      upn: 'bram.claes@contoso-plants.example',
      preferred_username: 'bram.claes@contoso-plants.example',
      email: 'bram.claes@contoso-plants.example',
      xms_edov: true,
      groups: [groupIds.securityAnalysts],
      sid: expect.any(String),
      login_hint: expect.stringMatching(/^O\./),
      auth_time: expect.any(Number),
    });
    const guest = await signIn(oidc.ClientSecretPost(secret), { oid: personIds.jonas });
    expect(guest.claims).toMatchObject({ email: 'jonas.weber@partner.example', xms_edov: false });
  });

  it('asks Graph with its token, as a client that has a secret', async () => {
    const scope = 'openid profile User.Read GroupMember.Read.All';
    const oid = personIds.greta;
    const { tokens, claims } = await signIn(oidc.ClientSecretPost(secret), { oid, scope });
    expect(claims).toHaveProperty('_claim_names');
    expect(claimsOf(tokens.access_token)).toMatchObject({ appid: clientId, appidacr: '1' });
    const graph = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const headers = {
        authorization: `Bearer ${tokens.access_token}`,
        'content-type': 'application/json',
        consistencylevel: 'eventual',
      };
      return (await fetch(`${entra.origin}/graph/v1.0${path}`, { ...init, headers })).json();
    };
    expect(await graph('/me')).toMatchObject({ id: oid });
    const all = '/me/transitiveMemberOf/microsoft.graph.group?$count=true';
    expect(await graph(all)).toMatchObject({ '@odata.count': 250 });
    const body = JSON.stringify({ groupIds: [groupIds.securityAnalysts, groupIds.readers] });
    expect(await graph('/me/checkMemberGroups', { method: 'POST', body })).toMatchObject({
      value: [groupIds.securityAnalysts],
    });
  });

  it.each([
    ['no secret', oidc.None(), 7000218],
    ['a secret’s id', oidc.ClientSecretPost(secretId), 7000215],
    ['a wrong secret', oidc.ClientSecretPost('wrong'), 7000215],
    ['an expired secret', oidc.ClientSecretPost('local-entra-secret-that-expired'), 7000222],
  ])('is refused with %s', async (_, authentication, number) => {
    await expect(signIn(authentication)).rejects.toMatchObject({
      error: 'invalid_client',
      status: 401,
      error_description: expect.stringContaining(`AADSTS${number}`),
    });
  });

  it('rotates its secret without a gap', async () => {
    const [first, second] = [
      { id: secretId, value: secret },
      { id: 'b', value: 'second' },
    ];
    entra.changeApplication(clientId, { secrets: [first, second] });
    await signIn(oidc.ClientSecretPost(secret));
    await signIn(oidc.ClientSecretPost('second'));
    entra.changeApplication(clientId, { secrets: [second] });
    await signIn(oidc.ClientSecretPost('second'));
    await expect(signIn(oidc.ClientSecretPost(secret))).rejects.toMatchObject({
      error_description: expect.stringContaining('AADSTS7000215'),
    });
    entra.changeApplication(clientId, { secrets: [first] });
  });

  it('knows a person whose address changed by their oid, and the stranger who took it', async () => {
    const mail = 'bram.claes@contoso-plants.example';
    const before = await signIn(oidc.ClientSecretPost(secret));
    entra.changePerson(personIds.bram, { mail: 'b.claes@contoso-plants.example' });
    const oid = '1c000000-0000-4000-8000-0000000000aa';
    const names = { givenName: 'Bram', surname: 'Claessens', displayName: 'Bram Claessens' };
    const upn = 'bram.claessens@contoso-plants.example';
    entra.addPerson({ oid, upn, mail, ...names, groups: [], mfa: 'none', shows: 'Stranger' });
    const after = await signIn(oidc.ClientSecretPost(secret));
    const stranger = await signIn(oidc.ClientSecretPost(secret), { oid });
    expect(after.claims).toMatchObject({ oid: personIds.bram, sub: before.claims.sub });
    expect(after.claims['email']).toBe('b.claes@contoso-plants.example');
    expect(stranger.claims).toMatchObject({ oid, email: mail, xms_edov: true });
    entra.changePerson(personIds.bram, { mail });
  });
});

describe('a web application’s authorization request', () => {
  const path = `/${tenantId}/oauth2/v2.0/authorize`;
  const request = (changes: Record<string, string>): Promise<Response> => {
    const sent = {
      client_id: clientId,
      redirect_uri: webRedirectUri,
      response_type: 'code',
      scope: 'openid',
      state: 's 1&x',
      ...changes,
    };
    return visit(entra).request(`${path}?${new URLSearchParams(sent).toString()}`);
  };

  it('gets its answer by form_post where it asks for that', async () => {
    const parameters = { response_mode: 'form_post' };
    const wish = { oid: personIds.bram, clientId, redirectUri: webRedirectUri, scope: 'openid' };
    const { page } = await visit(entra).authorize({ ...wish, parameters });
    expect(page).toMatch(
      new RegExp(`<form method="post" action="${webRedirectUri}"\\s+data-submit`),
    );
    expect(page).toMatch(/name="code" value="1\./);
    expect(page).toContain('name="state" value="state"');
  });

  it('gets errors in the query unless it asks otherwise, with its state', async () => {
    const refused = await request({ prompt: 'none' });
    const { origin, pathname, searchParams } = new URL(refused.headers.get('location') ?? '');
    expect(origin + pathname).toBe(webRedirectUri);
    expect(Object.fromEntries(searchParams)).toEqual({
      error: 'login_required',
      error_description: expect.stringMatching(/^AADSTS50058: .*Correlation ID/),
      error_uri: `${entra.origin}/error?code=50058`,
      state: 's 1&x',
    });
    const posted = await (await request({ prompt: 'none', response_mode: 'form_post' })).text();
    expect(posted).toContain('name="error" value="login_required"');
    expect(posted).toContain('name="state" value="s 1&#38;x"');
  });

  it('needs no PKCE, but keeps to it where it began so', async () => {
    const redeem = async (challenge: string, verifier: string): Promise<unknown> => {
      const { answer } = await visit(entra).authorize({
        oid: personIds.bram,
        clientId,
        redirectUri: webRedirectUri,
        scope: 'openid',
        parameters: {
          response_mode: 'query',
          code_challenge: challenge,
          code_challenge_method: challenge && 'plain',
        },
      });
      const body = new URLSearchParams({
        client_id: clientId,
        client_secret: secret,
        grant_type: 'authorization_code',
        code: answer?.get('code') ?? '',
        redirect_uri: webRedirectUri,
        code_verifier: verifier,
      });
      const url = `${entra.origin}/${tenantId}/oauth2/v2.0/token`;
      return (await fetch(url, { method: 'POST', body })).json();
    };
    expect(await redeem('', '')).toHaveProperty('id_token');
    const challenge = 'c'.repeat(43);
    expect(await redeem(challenge, challenge)).toHaveProperty('id_token');
    expect(await redeem(challenge, '')).toMatchObject({ error_codes: [501481] });
    expect(await redeem(challenge, 'd'.repeat(43))).toMatchObject({ error_codes: [501481] });
  });
});
