import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { webRedirectUri } from '../testing/entra-web-client.ts';
import {
  attempt,
  clientSecret,
  type Misbehaviour,
  useMisbehavingProvider,
} from '../testing/misbehaving-provider.ts';
import { clientId, personId, tenantId } from '../testing/token-issuer.ts';

const provider = await useMisbehavingProvider();

const person = { tenantId, objectId: personId };
const other = '0a1b2c3d-0000-4000-8000-0000000000ff';
const traceId = '5d1f7a0e-0000-4000-8000-000000000001';
const correlationId = '5d1f7a0e-0000-4000-8000-000000000002';

describe('a token request', () => {
  it('has the code, the verifier, the registered address and the secret in its body', async () => {
    const client = provider.clientOf();
    const callback = await provider.callbackOf(client);
    const behindProxy = new URL(`http://10.0.0.7:3000/elsewhere${callback.search}`);
    await client.redeem(behindProxy, attempt);
    expect(Object.fromEntries(provider.forms.at(-1) ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code'),
      code_verifier: attempt.codeVerifier,
      redirect_uri: webRedirectUri,
      client_id: clientId,
      client_secret: clientSecret,
    });
  });

  it('is all that is asked, but for the keys: no user info (oidcc-client-test-userinfo-invalid-sub)', async () => {
    provider.requested.length = 0;
    await provider.signIn();
    expect(provider.requested.map((path) => path.split('/').at(-1))).toEqual([
      'authorize',
      'token',
      'keys',
    ]);
  });
});

describe('the token endpoint’s answer', () => {
  const send =
    (status: number, body: string, headers: Record<string, string> = {}) =>
    (response: ServerResponse) =>
      void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  const json = { 'content-type': 'application/json' };

  it.each<[string, string, (response: ServerResponse) => void]>([
    ['a page', 'provider_answer_invalid', send(200, '<html>Sign in to the network</html>')],
    ['a page that says 404', 'provider_answer_invalid', send(404, '<html></html>')],
    ['a page that says 500', 'provider_unreachable', send(500, '<html></html>')],
    ['that it is busy', 'provider_unreachable', send(503, '{"error":"temporarily_unavailable"}')],
    ['that there is too much', 'provider_unreachable', send(429, '')],
    ['nothing', 'provider_answer_invalid', send(200, '')],
    ['no content', 'provider_answer_invalid', send(204, '')],
    ['half of something', 'provider_answer_invalid', send(200, '{"access_token":', json)],
    ['a list', 'provider_answer_invalid', send(200, '[]', json)],
    ['an error that has no name', 'provider_answer_invalid', send(400, '{}', json)],
    ['too much', 'provider_answer_invalid', send(200, `{"x":"${'x'.repeat(1_000_000)}"}`, json)],
    ['a broken line', 'provider_unreachable', (response) => response.destroy()],
    [
      'half of what it announced',
      'provider_unreachable',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        setImmediate(() => response.destroy());
      },
    ],
    ['a redirect', 'provider_answer_invalid', send(307, '', { location: '/x/never/followed' })],
  ])('that is %s reads %s', async (_, code, answer) => {
    expect(await provider.refusal({ answer })).toMatchObject({ code, ended: false });
    expect(provider.requested).not.toContain('never/followed');
  });

  it.each<[string, Misbehaviour['tokens']]>([
    ['without an id token', { id_token: undefined }],
    ['without an access token', { access_token: undefined }],
    ['with an access token that isn’t text', { access_token: 5 }],
    ['with tokens of another type', { token_type: 'DPoP' }],
    ['with scopes that aren’t text', { scope: ['openid'] }],
  ])('%s is refused', async (_, tokens = {}) => {
    expect(await provider.refusal({ tokens })).toMatchObject({ code: 'provider_answer_invalid' });
    const client = provider.clientOf({ tenantId: null });
    expect(await provider.refusal({ tokens }, client)).toMatchObject({
      code: 'provider_answer_invalid',
    });
  });

  it.each([
    ['its first byte', () => undefined],
    ['its last', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('that keeps us waiting for %s ends with the limit', async (_, answer) => {
    for (const limits of [
      { request: 50, whole: 60_000 },
      { request: 60_000, whole: 50 },
    ]) {
      const client = provider.clientOf({}, limits);
      expect(await provider.refusal({ answer }, client)).toMatchObject({
        code: 'provider_unreachable',
      });
    }
  });

  it('whose keys keep us waiting ends with the limit', async () => {
    const client = provider.clientOf({}, { request: 60_000, whole: 50 });
    const error = await provider.refusal({ keys: 'never' }, client);
    expect(error).toMatchObject({ code: 'provider_unreachable' });
  });

  it('may name Graph’s scopes by their addresses', async () => {
    const scope = 'openid https://graph.microsoft.com/User.Read https://graph.microsoft.us/X.Y';
    provider.misbehave({ tokens: { scope } });
    expect((await provider.signIn()).scopes).toEqual(['openid', 'User.Read', 'X.Y']);
    provider.misbehave({ tokens: { scope: undefined } });
    expect((await provider.signIn()).scopes).toEqual([]);
  });

  it.each([
    ['invalid_client', 7000215, 'credential_refused', false],
    ['invalid_client', 7000222, 'credential_refused', false],
    ['invalid_client', 700027, 'credential_refused', false],
    ['invalid_client', 700024, 'clock_off', false],
    ['invalid_request', 7000218, 'credential_refused', false],
    ['unauthorized_client', 700016, 'provider_refused', true],
    ['unauthorized_client', 7000112, 'provider_refused', true],
    ['invalid_request', 90002, 'provider_refused', false],
    ['invalid_grant', 50057, 'provider_refused', true],
    ['invalid_grant', 50173, 'provider_refused', true],
    ['interaction_required', 50076, 'provider_refused', true],
  ])('%s with AADSTS%d reads %s, ended: %s', async (name, number, code, ended) => {
    const body = JSON.stringify({
      error: name,
      error_description: `AADSTS${number}: for bram@contoso.example. Trace ID: ${traceId}`,
      error_codes: [number],
      correlation_id: correlationId,
    });
    provider.misbehave({ answer: send(401, body, { ...json, 'www-authenticate': 'Basic x="' }) });
    const thrown: unknown = await provider
      .clientOf()
      .refresh('refresh-token', person)
      .catch((error: unknown) => error);
    const said = { aadsts: number, error: name, correlationId, traceId };
    expect(thrown).toMatchObject({ name: 'WebSignInError', code, ended, said });
    expect(String(thrown)).not.toContain('bram');
  });
});

describe('a renewal', () => {
  it('needs no nonce, and may bring a new refresh token (oidcc-client-test-refresh-token)', async () => {
    const client = provider.clientOf();
    provider.misbehave({ tokens: { refresh_token: 'the-next-one' } });
    const renewed = await client.refresh('refresh-token', person);
    expect(renewed).toMatchObject({ person, refreshToken: 'the-next-one' });
    provider.misbehave({ tokens: { refresh_token: undefined } });
    expect((await client.refresh('the-next-one', person)).refreshToken).toBe('the-next-one');
    expect(provider.forms.at(-1)?.get('refresh_token')).toBe('the-next-one');
  });

  it.each<[string, string, Misbehaviour]>([
    [
      'of another issuer (oidcc-client-test-refresh-token-invalid-issuer)',
      'id_token_invalid',
      { claims: { iss: 'https://login.example.com/v2.0' } },
    ],
    ['of nobody', 'id_token_invalid', { claims: { sub: undefined } }],
    ['that isn’t there', 'provider_answer_invalid', { tokens: { id_token: undefined } }],
  ])('takes no id token %s', async (_, code, how) => {
    provider.misbehave(how);
    await expect(provider.clientOf().refresh('refresh-token', person)).rejects.toMatchObject({
      code,
      ended: false,
    });
  });

  it('ends for another person’s (oidcc-client-test-refresh-token-invalid-sub)', async () => {
    provider.misbehave({ claims: { oid: other, sub: 'subject-2' } });
    await expect(provider.clientOf().refresh('refresh-token', person)).rejects.toMatchObject({
      code: 'id_token_invalid',
      ended: true,
    });
  });
});
