import { describe, expect, it } from 'vitest';
import { clientIds, groupIds, personIds, tenantId } from '../demo/directory.ts';
import { partnerPersonIds, partnerTenantId } from '../demo/partner-tenants.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { visit } from '../testing/entra-sign-in.ts';
import { webRedirectUri } from '../testing/entra-web-client.ts';
import { useWebClientAtEntra, webAttempt, webScopes } from '../testing/web-client-at-entra.ts';

const clientId = clientIds.organizationSignIn;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const { entra, ...ours } = await useWebClientAtEntra();

describe('a web application at local Entra', () => {
  it('signs in, and knows person, groups, session and scopes', async () => {
    const { person, ...tokens } = await ours.signIn(ours.clientBy());
    expect(person).toMatchObject({
      tenantId,
      objectId: personIds.bram,
      name: 'Bram Claes',
      verifiedEmail: 'bram.claes@contoso-plants.example',
      guest: false,
      groups: { kind: 'complete', ids: [groupIds.securityAnalysts] },
      sessionId: expect.any(String),
      loginHint: expect.stringMatching(/^O\./u),
    });
    expect(tokens.scopes).toEqual(expect.arrayContaining(['User.Read', 'GroupMember.Read.All']));
    expect(tokens.accessToken).not.toBe('');
    expect(tokens.refreshToken).not.toBeNull();
  });

  it('signs in with a certificate', async () => {
    const { cert, key } = await makeCertificate({ keys: 'rsa' });
    entra.changeApplication(clientId, { certificates: [{ id: 'current', pem: cert }] });
    const credential = { kind: 'certificate', certificate: cert, privateKey: key } as const;
    const { person } = await ours.signIn(ours.clientBy({ credential }));
    expect(person.objectId).toBe(personIds.bram);
    const other = await makeCertificate({ keys: 'rsa' });
    const unknown = { ...credential, certificate: other.cert, privateKey: other.key };
    await expect(ours.signIn(ours.clientBy({ credential: unknown }))).rejects.toMatchObject({
      code: 'credential_refused',
      said: { aadsts: 700027, error: 'invalid_client' },
    });
    const mixed = { ...credential, privateKey: other.key };
    await expect(ours.signIn(ours.clientBy({ credential: mixed }))).rejects.toMatchObject({
      code: 'credential_refused',
    });
    entra.changeApplication(clientId, { certificates: [] });
  });

  it.each([
    ['wrong', 7000215],
    ['3a000000-0000-4000-8000-0000000000f3', 7000215],
    ['local-entra-secret-that-expired', 7000222],
  ])('says that the secret %s is refused, and nothing of the secret', async (value, aadsts) => {
    const credential = { kind: 'secret', value } as const;
    const error: unknown = await ours
      .signIn(ours.clientBy({ credential }))
      .catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'credential_refused',
      ended: false,
      said: {
        aadsts,
        error: 'invalid_client',
        correlationId: expect.stringMatching(guid),
        traceId: expect.stringMatching(guid),
      },
    });
    expect(String(error)).not.toContain(value);
  });

  it('takes a code once', async () => {
    const client = ours.clientBy();
    const callback = await ours.callbackOf(client);
    await client.redeem(callback, webAttempt);
    await expect(client.redeem(callback, webAttempt)).rejects.toMatchObject({
      code: 'provider_refused',
      said: { aadsts: 54005, error: 'invalid_grant' },
    });
  });

  it('takes a code only with the verifier that it was asked for with', async () => {
    const client = ours.clientBy();
    const callback = await ours.callbackOf(client);
    const codeVerifier = 'another-verifier-of-forty-three-characters-or-more';
    await expect(client.redeem(callback, { ...webAttempt, codeVerifier })).rejects.toMatchObject({
      code: 'provider_refused',
      said: { aadsts: 501481 },
    });
  });

  it('says what Entra refused with at the callback', async () => {
    const client = ours.clientBy();
    const url = await client.authorizationUrl(webAttempt);
    url.searchParams.set('prompt', 'none');
    const refused = await visit(entra).request(url.href);
    const callback = new URL(refused.headers.get('location') ?? '');
    await expect(client.redeem(callback, webAttempt)).rejects.toMatchObject({
      code: 'provider_refused',
      said: { aadsts: 50058, error: 'login_required', correlationId: expect.stringMatching(guid) },
    });
  });

  it('says that the clocks are apart', async () => {
    const hours = (count: number) => () => Date.now() + count * 3_600_000;
    await expect(ours.signIn(ours.clientBy({ now: hours(3) }))).rejects.toMatchObject({
      code: 'clock_off',
    });
    await expect(ours.signIn(ours.clientBy({ now: hours(-1) }))).rejects.toMatchObject({
      code: 'clock_off',
    });
    const { person } = await ours.signIn(ours.clientBy({ now: () => Date.now() - 240_000 }));
    expect(person.objectId).toBe(personIds.bram);
  });

  it('signs anybody in while no tenant is pinned, and says whose tenant it is', async () => {
    const client = ours.clientBy({ tenantId: null });
    const stranger = await ours.signIn(client, partnerPersonIds.mara, webScopes.slice(0, -1));
    expect(stranger.person).toMatchObject({
      tenantId: partnerTenantId,
      objectId: partnerPersonIds.mara,
      email: 'ada.verhaegen@contoso-plants.example',
      verifiedEmail: null,
    });
    expect((await ours.signIn(client)).person.tenantId).toBe(tenantId);
    const renewed = await client.refresh(stranger.refreshToken ?? '', stranger.person);
    expect(renewed.person.objectId).toBe(partnerPersonIds.mara);
    await expect(ours.signIn(ours.clientBy(), partnerPersonIds.mara)).rejects.toThrow(
      'AADSTS50020',
    );
  });

  it('knows a guest, and an incomplete list of groups', async () => {
    const guest = await ours.signIn(ours.clientBy(), personIds.jonas);
    expect(guest.person).toMatchObject({ guest: true, verifiedEmail: null });
    const { person } = await ours.signIn(ours.clientBy(), personIds.greta);
    expect(person.groups).toEqual({ kind: 'overage' });
  });

  it('finds the new key after the tenant rolled it, and goes on', async () => {
    const client = ours.clientBy();
    await ours.signIn(client);
    await entra.rollKeys({ withdraw: true });
    expect((await ours.signIn(client)).person.objectId).toBe(personIds.bram);
  });

  it('asks for what a request wants', async () => {
    const url = await ours.clientBy().authorizationUrl({
      ...webAttempt,
      prompt: 'select_account',
      loginHint: 'O.hint',
      claims: '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}',
    });
    expect(url.origin + url.pathname).toBe(`${entra.origin}/${tenantId}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: webRedirectUri,
      response_type: 'code',
      response_mode: 'query',
      scope: webScopes.join(' '),
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/u),
      code_challenge_method: 'S256',
      prompt: 'select_account',
      login_hint: 'O.hint',
      claims: '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}',
    });
  });

  it('names the address to sign out at', () => {
    const url = ours.clientBy().endSessionUrl({ loginHint: 'O.hint' });
    expect(url.origin + url.pathname).toBe(`${entra.origin}/${tenantId}/oauth2/v2.0/logout`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      post_logout_redirect_uri: webRedirectUri,
      state: 'signedOut',
      logout_hint: 'O.hint',
    });
    const plain = ours.clientBy().endSessionUrl({ loginHint: null });
    expect(plain.searchParams.has('logout_hint')).toBe(false);
  });
});
