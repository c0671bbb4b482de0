import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { visit } from '../testing/entra-sign-in.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignIn;
const redirectUri = 'http://localhost:8080/sign-in/callback';

let entra: LocalEntra;
beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
});
afterAll(() => entra.close());

function discover(authentication: oidc.ClientAuth): Promise<oidc.Configuration> {
  const issuer = new URL(`${entra.origin}/${tenantId}/v2.0`);
  const options = { execute: [oidc.allowInsecureRequests] };
  return oidc.discovery(issuer, clientId, {}, authentication, options);
}

/** Signs someone in as a server would, and redeems the code with these credentials. */
async function signIn(authentication: oidc.ClientAuth, more: Record<string, string> = {}) {
  const configuration = await discover(authentication);
  const verifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  });
  const parameters = { response_mode: 'query', ...Object.fromEntries(url.searchParams) };
  const wish = { oid: personIds.bram, clientId, redirectUri, parameters };
  const { answer } = await visit(entra).authorize(wish);
  const checks = { pkceCodeVerifier: verifier, expectedState, expectedNonce };
  const current = new URL(`${redirectUri}?${answer?.toString()}`);
  const tokens = await oidc.authorizationCodeGrant(configuration, current, checks);
  return { configuration, tokens };
}

const secret = 'local-entra-secret-that-is-valid';

describe('openid-client as a web application', () => {
  it.each([
    ['client_secret_post', oidc.ClientSecretPost(secret)],
    ['client_secret_basic', oidc.ClientSecretBasic(secret)],
  ])('signs in with %s, PKCE, state and nonce', async (_, authentication) => {
    const { configuration, tokens } = await signIn(authentication);
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      oid: personIds.bram,
      tid: tenantId,
      email: 'bram.claes@contoso-plants.example',
    });
    expect(tokens).not.toHaveProperty('refresh_token_expires_in');
    const renewed = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(renewed.access_token).toBeTruthy();
    const info = await oidc.fetchUserInfo(
      configuration,
      renewed.access_token,
      oidc.skipSubjectCheck,
    );
    expect(info['name']).toBe('Bram Claes');
  });

  it.each([
    ['no secret', oidc.None(), 7000218],
    ['a wrong secret', oidc.ClientSecretPost('3a000000-0000-4000-8000-0000000000f3'), 7000215],
    ['an expired secret', oidc.ClientSecretPost('local-entra-secret-that-expired'), 7000222],
  ])('is refused with %s', async (_, authentication, number) => {
    await expect(signIn(authentication)).rejects.toMatchObject({
      error: 'invalid_client',
      error_description: expect.stringContaining(`AADSTS${number}`),
    });
  });

  it('gets its answer by form_post where it asks for that', async () => {
    const parameters = { response_mode: 'form_post' };
    const wish = { oid: personIds.bram, clientId, redirectUri, scope: 'openid', parameters };
    const { page } = await visit(entra).authorize(wish);
    expect(page).toMatch(new RegExp(`<form method="post" action="${redirectUri}"\\s+data-submit`));
    expect(page).toMatch(/name="code" value="1\./);
  });
});
