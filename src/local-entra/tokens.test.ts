import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, groupIds, personIds, tenantId } from '../demo/directory.ts';
import { claimsOf, requestTokens, visit } from '../testing/entra-sign-in.ts';
import type { Tokens } from '../testing/entra-sign-in.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

let entra: LocalEntra;
let elapsed = 0;
const clientId = clientIds.portal;
const page = 'http://localhost:8080';
const hour = 3_600_000;

beforeAll(async () => {
  entra = await startLocalEntra({
    port: 0,
    directory: demoDirectory(),
    clock: () => Date.now() + elapsed,
  });
});
afterAll(() => entra.close());

async function accessClaims(oid: string, parameters = {}): Promise<Record<string, unknown>> {
  const tokens = await visit(entra).signIn({ oid, clientId, parameters });
  return claimsOf(tokens.access_token);
}

async function refresh(tokens: Tokens, more = {}): Promise<Record<string, unknown>> {
  const scope = `api://${clientId}/access_as_user openid offline_access`;
  const { refresh_token } = tokens;
  const form = { client_id: clientId, grant_type: 'refresh_token', refresh_token, scope, ...more };
  return (await (await requestTokens(entra, page, form)).json()) as Record<string, unknown>;
}

describe('access tokens', () => {
  it('are of version 2, signed with a published key', async () => {
    const tokens = await visit(entra).signIn({ oid: personIds.bram, clientId });
    const keys = createRemoteJWKSet(new URL(`${entra.origin}/${tenantId}/discovery/v2.0/keys`));
    const issuer = `${entra.origin}/${tenantId}/v2.0`;
    const { payload } = await jwtVerify(tokens.access_token, keys, { issuer, audience: clientId });
    expect(payload).toMatchObject({
      tid: tenantId,
      oid: personIds.bram,
      ver: '2.0',
      azp: clientId,
      azpacr: '0',
      scp: 'access_as_user',
      name: 'Bram Claes',
      given_name: 'Bram',
      family_name: 'Claes',
      upn: 'bram.claes@contoso-plants.example',
      groups: [groupIds.securityAnalysts],
      acct: 0,
    });
    expect(payload).not.toHaveProperty('idtyp');
    expect(payload).not.toHaveProperty('acrs');
    const seconds = (payload.exp ?? 0) - (payload.iat ?? 0);
    expect(seconds).toBeGreaterThanOrEqual(3600);
    expect(seconds).toBeLessThan(5400);
  });

  it('name nested groups too', async () => {
    const { groups } = await accessClaims(personIds.quinten);
    expect(groups).toEqual([groupIds.antwerpShiftLeads, groupIds.antwerpAnalysts]);
  });

  it('leave out more than 200 groups, and say where they are', async () => {
    const claims = await accessClaims(personIds.greta);
    expect(claims).not.toHaveProperty('groups');
    expect(claims).toMatchObject({ _claim_names: { groups: 'src1' } });
    expect(claims).toHaveProperty('_claim_sources.src1.endpoint');
  });

  it('leave out what a person lacks', async () => {
    expect(await accessClaims(personIds.hana)).not.toHaveProperty('family_name');
    expect(await accessClaims(personIds.ivo)).not.toHaveProperty('upn');
  });

  it('tell a guest by acct', async () => {
    expect(await accessClaims(personIds.jonas)).toMatchObject({
      acct: 1,
      upn: expect.stringContaining('#EXT#'),
      preferred_username: 'jonas.weber@partner.example',
    });
  });

  it('carry application roles', async () => {
    const assigned = [groupIds.readers];
    const appRoles = [{ value: 'Sensors.Read', displayName: 'Reader', assigned }];
    entra.changeApplication(clientId, { appRoles });
    expect(await accessClaims(personIds.chloe)).toMatchObject({ roles: ['Sensors.Read'] });
    entra.changeApplication(clientId, { appRoles: [] });
  });

  it('are of version 1 where the registration doesn’t ask for 2', async () => {
    entra.changeApplication(clientId, { requestedAccessTokenVersion: 1 });
    expect(await accessClaims(personIds.chloe)).toMatchObject({
      ver: '1.0',
      iss: `https://sts.windows.net/${tenantId}/`,
      aud: `api://${clientId}`,
      appid: clientId,
    });
    entra.changeApplication(clientId, { requestedAccessTokenVersion: 2 });
  });

  it('say which authentication context was satisfied, after MFA', async () => {
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    expect(await accessClaims(personIds.bram, { claims })).toMatchObject({ acrs: ['c1'] });
  });

  it('declare the capabilities of the client', async () => {
    const tokens = await visit(entra).signIn({ oid: personIds.bram, clientId });
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
    const { access_token } = await refresh(tokens, { claims });
    expect(claimsOf(String(access_token))).toMatchObject({ xms_cc: ['cp1'] });
  });
});

describe('id tokens', () => {
  it('are for the client, with nonce and hints', async () => {
    const tokens = await visit(entra).signIn({ oid: personIds.bram, clientId });
    const claims = claimsOf(tokens.id_token);
    expect(claims).toMatchObject({ aud: clientId, nonce: 'nonce', oid: personIds.bram });
    expect(claims).not.toHaveProperty('scp');
    expect(claims).toHaveProperty('sid');
    expect(claims).toHaveProperty('login_hint');
    const info = JSON.parse(Buffer.from(tokens.client_info, 'base64url').toString());
    expect(info).toEqual({ uid: personIds.bram, utid: tenantId });
  });
});

describe('refresh tokens of a page', () => {
  it('end 24 hours after the first, however often they are used', async () => {
    const first = await visit(entra).signIn({ oid: personIds.bram, clientId });
    expect(Math.abs(first.refresh_token_expires_in - 24 * 3600)).toBeLessThan(60);
    elapsed = 20 * hour;
    const second = (await refresh(first)) as unknown as Tokens;
    expect(second.refresh_token_expires_in).toBeLessThanOrEqual(4 * 3600 + 60);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    elapsed = 24 * hour + 1000;
    expect(await refresh(second)).toMatchObject({ error: 'invalid_grant', error_codes: [700084] });
    elapsed = 0;
  });

  it('serve another resource too', async () => {
    const tokens = await visit(entra).signIn({ oid: personIds.bram, clientId });
    const graph = await refresh(tokens, { scope: 'https://graph.microsoft.com/User.Read' });
    expect(claimsOf(String(graph['access_token']))).toMatchObject({
      aud: 'https://graph.microsoft.com',
      scp: 'User.Read GroupMember.Read.All',
    });
  });

  it('end when sessions are revoked or the account is disabled', async () => {
    const tokens = await visit(entra).signIn({ oid: personIds.chloe, clientId });
    entra.changePerson(personIds.chloe, { disabled: true });
    expect(await refresh(tokens)).toMatchObject({ error_codes: [50057] });
    entra.changePerson(personIds.chloe, { disabled: false });
    elapsed = 1000;
    entra.revokeSessions(personIds.chloe);
    expect(await refresh(tokens)).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
    elapsed = 0;
  });

  it('don’t do for an authentication context, and say which claims to come back with', async () => {
    const tokens = await visit(entra).signIn({ oid: personIds.ada, clientId });
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    const refused = await refresh(tokens, { claims });
    expect(refused).toMatchObject({ error: 'invalid_grant', suberror: 'basic_action', claims });
    expect(refused).toMatchObject({ error_codes: [50076] });
    const once = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c2' } } });
    expect(
      claimsOf(String((await refresh(tokens, { claims: once }))['access_token'])),
    ).toMatchObject({
      acrs: ['c2'],
    });
  });
});

describe('rolling keys', () => {
  it('signs with another key, and keeps or withdraws the old one', async () => {
    const published = async (): Promise<unknown[]> => {
      const response = await fetch(`${entra.origin}/${tenantId}/discovery/v2.0/keys`);
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    };
    const [old] = await published();
    await entra.rollKeys();
    expect(await published()).toEqual([expect.not.stringMatching(String(old)), old]);
    await entra.rollKeys({ withdraw: true });
    expect(await published()).toHaveLength(1);
  });
});
