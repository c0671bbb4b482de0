import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, groupIds, personIds } from '../demo/directory.ts';
import { visit } from '../testing/entra-sign-in.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.portal;
const eventual = { consistencylevel: 'eventual' };

let entra: LocalEntra;
let bram: string;
let greta: string;
let elapsed = 0;

async function tokenOf(oid: string, scope = 'openid https://graph.microsoft.com/User.Read') {
  return (await visit(entra).signIn({ oid, clientId, scope })).access_token;
}

beforeAll(async () => {
  const clock = (): number => Date.now() + elapsed;
  entra = await startLocalEntra({ port: 0, directory: demoDirectory(), clock });
  [bram, greta] = await Promise.all([tokenOf(personIds.bram), tokenOf(personIds.greta)]);
});
afterAll(() => entra.close());

interface GraphAnswer {
  status: number;
  value: { id: string; displayName: string | null }[];
  '@odata.count'?: number;
  '@odata.nextLink'?: string;
  error?: { code: string; message: string };
}

async function graph(path: string, token: string, init: RequestInit = {}): Promise<GraphAnswer> {
  const url = path.startsWith('http') ? path : `${entra.origin}/graph/v1.0${path}`;
  const headers = { ...(init.headers as object), authorization: `Bearer ${token}` };
  const response = await fetch(url, { ...init, headers });
  return { ...((await response.json()) as GraphAnswer), status: response.status };
}

function check(groupIds: unknown, token = bram): Promise<GraphAnswer> {
  const headers = { 'content-type': 'application/json' };
  return graph('/me/checkMemberGroups', token, {
    method: 'POST',
    body: JSON.stringify({ groupIds }),
    headers,
  });
}

describe('/me', () => {
  it('says who it is, and just what is selected', async () => {
    expect(await graph('/me', bram)).toMatchObject({ id: personIds.bram, surname: 'Claes' });
    const chosen = await graph('/me?$select=givenName,surname', bram);
    expect(Object.keys(chosen)).toEqual(['@odata.context', 'givenName', 'surname', 'status']);
  });

  it('finds the groups among twenty, nested ones too', async () => {
    const mine = [groupIds.securityAnalysts.toUpperCase(), groupIds.readers];
    expect((await check(mine)).value).toEqual([groupIds.securityAnalysts.toUpperCase()]);
    const quinten = await tokenOf(personIds.quinten);
    expect((await check([groupIds.antwerpAnalysts], quinten)).value).toHaveLength(1);
    expect(await check(Array.from({ length: 21 }, () => groupIds.readers))).toMatchObject({
      status: 400,
      error: { code: 'Request_BadRequest' },
    });
    expect((await check(['no-guid'])).status).toBe(400);
    expect((await check([])).status).toBe(400);
  });

  it('lists 250 groups by page', async () => {
    const first = '/me/transitiveMemberOf/microsoft.graph.group?$count=true&$top=200&$select=id';
    const one = await graph(first, greta, { headers: eventual });
    expect(one).toMatchObject({ '@odata.count': 250 });
    expect(one.value).toHaveLength(200);
    const two = await graph(one['@odata.nextLink'] ?? '', greta, { headers: eventual });
    expect(two.value).toHaveLength(50);
    expect(two).not.toHaveProperty('@odata.nextLink');
    expect(new Set([...one.value, ...two.value].map(({ id }) => id)).size).toBe(250);
    expect((await graph(first, greta)).error?.code).toBe('Request_UnsupportedQuery');
  });
});

describe('/groups', () => {
  it('searches words of the name', async () => {
    const search = '/groups?$search="displayName:sec"&$count=true&$select=id,displayName';
    const found = await graph(search, bram, { headers: eventual });
    expect(found.value).toEqual([
      { id: groupIds.securityAnalysts, displayName: 'Gatehouse Security Analysts' },
    ]);
    expect((await graph(search, bram)).error?.code).toBe('Request_UnsupportedQuery');
    expect((await graph('/groups?$search=sec', bram, { headers: eventual })).status).toBe(400);
  });

  it('filters, pages and reads one', async () => {
    const { value } = await graph("/groups?$filter=startswith(displayName,'antwerp ot')", bram);
    expect(value.map(({ displayName }) => displayName)).toEqual([
      'Antwerp OT Admins',
      'Antwerp OT Analysts',
      'Antwerp OT Readers',
    ]);
    const ids = `'${groupIds.readers}','${groupIds.cyclingClub}'`;
    expect((await graph(`/groups?$filter=id in (${ids})`, bram)).value).toHaveLength(2);
    expect(await graph(`/groups/${groupIds.readers}`, bram)).toMatchObject({
      displayName: 'Gatehouse Readers',
    });
    expect(await graph(`/groups/${clientId}`, bram)).toMatchObject({
      status: 404,
      error: { code: 'Request_ResourceNotFound' },
    });
    for (const bad of ['$top=0', '$top=1000', '$filter=x', '$orderby=mail', '$skiptoken=x']) {
      expect((await graph(`/groups?${bad}`, bram)).status).toBe(400);
    }
  });
});

describe('access to Graph', () => {
  it('needs a token for Graph', async () => {
    expect((await fetch(`${entra.origin}/graph/v1.0/me`)).status).toBe(401);
    const { access_token } = await visit(entra).signIn({ oid: personIds.bram, clientId });
    expect(await graph('/me', access_token)).toMatchObject({
      status: 401,
      error: { code: 'InvalidAuthenticationToken', message: expect.stringContaining('audience') },
    });
  });

  it('needs the permission, and hides group names without it', async () => {
    entra.changeApplication(clientId, { consentedGraphScopes: ['User.Read'] });
    const token = await tokenOf(personIds.bram);
    expect(await graph('/groups', token)).toMatchObject({
      status: 403,
      error: { code: 'Authorization_RequestDenied' },
    });
    expect((await check([groupIds.readers], token)).status).toBe(403);
    const { value } = await graph('/me/transitiveMemberOf', token);
    expect(value).toMatchObject([{ id: groupIds.securityAnalysts, displayName: null }]);
    entra.changeApplication(clientId, {
      consentedGraphScopes: ['User.Read', 'GroupMember.Read.All'],
    });
  });

  it('ends with the token, and with the session', async () => {
    elapsed = 2 * 3_600_000;
    expect((await graph('/me', bram)).error?.message).toContain('expired');
    elapsed = 0;
    const token = await tokenOf(personIds.chloe);
    elapsed = 2000;
    entra.revokeSessions(personIds.chloe);
    expect((await graph('/me', token)).status).toBe(401);
    elapsed = 0;
  });

  it('answers a browser’s preflight', async () => {
    const headers = {
      origin: 'http://localhost:8080',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,consistencylevel',
    };
    const response = await fetch(`${entra.origin}/graph/v1.0/groups`, {
      method: 'OPTIONS',
      headers,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toContain('consistencylevel');
  });
});
