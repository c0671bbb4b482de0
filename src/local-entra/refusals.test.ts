import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { claimsOf, defaultRedirectUri, visit } from '../testing/entra-sign-in.ts';
import type { Visitor } from '../testing/entra-sign-in.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.portal;
const bram = { oid: personIds.bram, clientId };

let entra: LocalEntra;
let visitor: Visitor;
let elapsed = 0;

beforeAll(async () => {
  const clock = (): number => Date.now() + elapsed;
  entra = await startLocalEntra({ port: 0, directory: demoDirectory(), clock });
});
beforeEach(() => {
  elapsed = 0;
  visitor = visit(entra);
});
afterAll(() => entra.close());

const path = `/${tenantId}/oauth2/v2.0/authorize`;

function query(changes: Record<string, string>): string {
  const sent = {
    client_id: clientId,
    redirect_uri: defaultRedirectUri,
    response_type: 'code',
    response_mode: 'fragment',
    scope: 'openid',
    state: 's 1',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
    ...changes,
  };
  return `?${new URLSearchParams(sent).toString()}`;
}

describe('a request whose sender isn’t known good', () => {
  it.each([
    ['unknown client', { client_id: 'f0000000-0000-4000-8000-000000000000' }, 'AADSTS700016'],
    ['no client', { client_id: '' }, 'AADSTS900144'],
    ['another path', { redirect_uri: 'http://localhost:8080/Redirect.html' }, 'AADSTS50011'],
    ['another host', { redirect_uri: 'http://127.0.0.1:8080/redirect.html' }, 'AADSTS50011'],
    ['strange response mode', { response_mode: 'web_message' }, 'AADSTS901002'],
  ])('%s: a page says so, and nothing is sent on', async (_, changes, code) => {
    const response = await visitor.request(path + query(changes));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    const text = await response.text();
    expect(text).toContain(code);
    expect(text).toMatch(/Correlation Id[\s\S]*[0-9a-f-]{36}/);
  });

  it('a tenant that isn’t there, and a single-tenant application on /common', async () => {
    const elsewhere = await visitor.request(`/contoso.example/oauth2/v2.0/authorize${query({})}`);
    expect(await elsewhere.text()).toContain('AADSTS90002');
    const common = await visitor.request(`/common/oauth2/v2.0/authorize${query({})}`);
    expect(await common.text()).toContain('AADSTS50194');
  });

  it('a disabled application', async () => {
    entra.changeApplication(clientId, { disabled: true });
    expect(await (await visitor.request(path + query({}))).text()).toContain('AADSTS7000112');
    entra.changeApplication(clientId, { disabled: false });
  });

  it('quotes the correlation id of the client, and escapes what it repeats', async () => {
    const correlation = '0f0e0d0c-0b0a-4908-8706-050403020100';
    const changes = { client_id: '<script>', 'client-request-id': correlation };
    const text = await (await visitor.request(path + query(changes))).text();
    expect(text).toContain(correlation);
    expect(text).not.toContain('<script>');
  });
});

describe('a request that is refused to the application', () => {
  it.each([
    ['implicit flow', { response_type: 'id_token' }, 'unsupported_response_type', 700054],
    ['no PKCE', { code_challenge: '' }, 'invalid_request', 9002325],
    ['no scope', { scope: '' }, 'invalid_request', 900144],
    ['unknown Graph scope', { scope: 'Everything.Read' }, 'invalid_scope', 70011],
    ['unknown resource', { scope: 'api://nowhere/x' }, 'invalid_resource', 500011],
    ['unknown scope of an API', { scope: `api://${clientId}/x` }, 'invalid_client', 650053],
    [
      'foreign API',
      { scope: `api://${clientIds.plantSensors}/access_as_user` },
      'invalid_resource',
      650057,
    ],
    ['bad prompt', { prompt: 'please' }, 'invalid_request', 901002],
    ['bad claims', { claims: '{' }, 'invalid_request', 901002],
    ['silent, nobody signed in', { prompt: 'none' }, 'login_required', 50058],
  ])('%s', async (_, changes, error, number) => {
    const response = await visitor.request(path + query(changes));
    const { origin, pathname, hash } = new URL(response.headers.get('location') ?? '');
    expect(origin + pathname).toBe(defaultRedirectUri);
    const answer = new URLSearchParams(hash.slice(1));
    expect(answer.get('error')).toBe(error);
    expect(answer.get('error_description')).toMatch(new RegExp(`^AADSTS${number}: .*Trace ID: `));
    expect(answer.get('error_uri')).toBe(`${entra.origin}/error?code=${number}`);
    expect(answer.get('state')).toBe('s 1');
  });

  it('silent, though something must be asked', async () => {
    await visitor.signIn(bram);
    const silently = async (parameters: Record<string, string>): Promise<string | null> => {
      const { answer } = await visitor.authorize({
        ...bram,
        parameters: { prompt: 'none', ...parameters },
      });
      return answer?.get('error_description')?.slice(0, 11) ?? null;
    };
    expect(await silently({})).toBeNull();
    const acrs = { essential: true, value: 'c2' };
    expect(await silently({ claims: JSON.stringify({ access_token: { acrs } }) })).toBe(
      'AADSTS50076',
    );
    expect(await silently({ max_age: '600' })).toBeNull();
    elapsed = 2000;
    expect(await silently({ max_age: '1' })).toBe('AADSTS50058');
    expect(await silently({ login_hint: 'nobody@contoso-plants.example' })).toBe('AADSTS50058');
    await visitor.signIn({
      oid: personIds.chloe,
      clientId,
      parameters: { prompt: 'select_account' },
    });
    expect(await silently({})).toBe('AADSTS16000');
    expect(await silently({ login_hint: 'chloe.peeters@contoso-plants.example' })).toBeNull();
    elapsed = 4000;
    entra.revokeSessions(personIds.chloe);
    expect(await silently({ login_hint: 'chloe.peeters@contoso-plants.example' })).toBe(
      'AADSTS50058',
    );
  });
});

describe('stepping up', () => {
  const ada = { oid: personIds.ada, clientId };
  const claims = (value: string): Record<string, string> => ({
    claims: JSON.stringify({ access_token: { acrs: { essential: true, value } } }),
  });

  it('asks for MFA again for a context that wants it every time, and only then', async () => {
    await visitor.signIn(ada);
    const silently = async (value: string): Promise<string | undefined> => {
      const parameters = { ...claims(value), prompt: 'none' };
      const { answer } = await visitor.authorize({ ...ada, parameters });
      return answer?.get('error_description')?.slice(0, 11);
    };
    expect(await silently('c2')).toBeUndefined();
    expect(await silently('c1')).toBe('AADSTS50076');
    const { access_token } = await visitor.signIn({ ...ada, parameters: claims('c1') });
    expect(claimsOf(access_token)).toMatchObject({ acrs: ['c1'] });
    expect(await silently('c1')).toBe('AADSTS50076');
  });
});

describe('a person who is refused', () => {
  it.each([
    ['disabled', personIds.mila, 50057],
    ['password expired', personIds.noor, 50055],
    ['not assigned', personIds.otto, 50105],
    ['blocked by Conditional Access', personIds.pia, 53003],
  ])('%s: a page says so and leads back with the error', async (_, oid, number) => {
    const arrival = await visitor.authorize({ oid, clientId });
    expect(arrival.answer).toBeUndefined();
    expect(arrival.page).toContain(`AADSTS${number}`);
    const back = /href="([^"]+)"[^>]*>\s*Return to the application/.exec(arrival.page)?.[1] ?? '';
    const { hash } = new URL(back.replaceAll('&#38;', '&'));
    const answer = new URLSearchParams(hash.slice(1));
    expect(answer.get('error_description')).toContain(`AADSTS${number}`);
    expect(answer.get('state')).toBe('state');
  });

  it('declined MFA', async () => {
    const signIn = visitor.authorize({ oid: personIds.lars, clientId });
    expect((await signIn).page).toContain('AADSTS500121');
  });

  it('is not known by the name typed, or by the password', async () => {
    const begun = await visitor.request(path + query({}));
    const reprocess = begun.headers.get('location') ?? '';
    const ctx = new URL(reprocess, entra.origin).searchParams.get('ctx') ?? '';
    const send = async (fields: Record<string, string>): Promise<string> => {
      const body = new URLSearchParams({ ctx, ...fields });
      const next = await visitor.request(`/${tenantId}/login`, { method: 'POST', body });
      return (await visitor.request(next.headers.get('location') ?? '')).text();
    };
    expect(await send({ action: 'name', name: 'nobody' })).toContain('AADSTS50034');
    await send({ action: 'name', name: 'BRAM.Claes@contoso-plants.example' });
    expect(await send({ action: 'password', password: 'wrong' })).toContain('AADSTS50126');
    const body = new URLSearchParams({ ctx, action: 'cancel' });
    const cancelled = await visitor.request(`/${tenantId}/login`, { method: 'POST', body });
    expect(cancelled.headers.get('location')).toContain('error=access_denied');
    expect(await (await visitor.request(reprocess)).text()).toContain('AADSTS50089');
  });

  it('needs an administrator’s consent, which only an administrator can give', async () => {
    const scope = 'openid https://graph.microsoft.com/Group.Read.All';
    expect((await visitor.authorize({ ...bram, scope })).page).toContain('AADSTS90094');
    const { scope: granted } = await visit(entra).signIn({ oid: personIds.ada, clientId, scope });
    expect(granted).toContain('Group.Read.All');
    expect((await visitor.authorize({ ...bram, scope })).answer?.get('code')).toBeTruthy();
  });
});
