import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../contract/problem.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { personInGraph, startGraphServer, type GraphServer } from '../../testing/graph-server.ts';
import { groupEvidence, signIns } from '../storage/schema.ts';

let graph: GraphServer;
let portal: BarePortal;
let now = Date.now();
const overage = { groups: undefined, _claim_names: { groups: 'src1' } };

beforeAll(async () => {
  graph = await startGraphServer();
  portal = await startBarePortal({
    graphUrl: graph.url,
    now: () => new Date(now),
    groupsPatience: 3_600_000,
  });
  await portal.setPortalAccess(oneGroupEach({ securityAnalyst: groupId(2) }));
});
afterAll(async () => {
  await portal.close();
  await graph.close();
});

const person = async (number: number, claims: Record<string, unknown> = {}) => ({
  oid: groupId(number),
  headers: bearer(
    await portal.issuer.token({ oid: groupId(number), sid: `s${number}`, ...overage, ...claims }),
  ),
});
type Person = Awaited<ReturnType<typeof person>>;
const me = ({ headers }: Person) => portal.app.inject({ url: '/api/v1/me', headers });
const complete = ({ headers }: Person) =>
  portal.app.inject({
    method: 'PUT',
    url: '/api/v1/me/group-evidence',
    headers,
    payload: { graphAccessToken: 'graph-token' },
  });

describe('an incomplete group list', () => {
  it('is completed through Graph, for an hour', async () => {
    const ada = await person(1);
    const challenged = problem.parse((await me(ada)).json());
    expect([challenged.status, challenged.code]).toEqual([403, 'groups_incomplete']);
    expect(challenged.details?.['complete']).toEqual({ method: 'PUT', path: '/me/group-evidence' });
    graph.answerBy(personInGraph(ada.oid, [groupId(2).toUpperCase(), groupId(5)]));
    expect((await complete(ada)).statusCode).toBe(204);
    const answer = await me(ada);
    expect(answer.json()).toMatchObject({ groupsFrom: 'graph', portalRole: 'securityAnalyst' });
    expect((await me(ada)).body).toBe(answer.body);
    const [kept] = await portal.database.db.select().from(groupEvidence);
    expect(JSON.stringify(kept)).not.toContain('graph-token');
    const rows = await portal.database.db.select().from(signIns);
    expect(rows.map((row) => row.outcome)).toEqual(['succeeded']);
    now += 3_600_000;
    expect((await me(ada)).json()).toMatchObject({ code: 'groups_incomplete' });
    now -= 3_600_000;
  });

  it('isn’t completed with the list of somebody else', async () => {
    const mallory = await person(3);
    graph.answerBy(personInGraph(groupId(1), [groupId(2)]));
    const refused = problem.parse((await complete(mallory)).json());
    expect([refused.status, refused.code]).toEqual([403, 'other_person']);
    expect((await me(mallory)).statusCode).toBe(403);
  });

  it.each([
    [{ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }, 'graph_refused'],
    [{ status: 500 }, 'graph_unreachable'],
  ])('stays a refusal when Graph answers %j', async (answer, code) => {
    const person4 = await person(4);
    graph.answerBy(() => answer);
    const refused = problem.parse((await complete(person4)).json());
    expect([refused.status, refused.code]).toEqual([403, 'groups_incomplete']);
    expect(refused.details?.['graph']).toMatchObject({ code });
  });

  it('hands Graph’s claims challenge on to the page', async () => {
    const person8 = await person(8);
    const claims = Buffer.from('{"access_token":{"nbf":{"essential":true}}}').toString('base64');
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
    graph.answerBy(() => ({ status: 401, headers: { 'www-authenticate': challenge } }));
    const answer = await complete(person8);
    expect(problem.parse(answer.json())).toMatchObject({
      status: 401,
      code: 'insufficient_claims',
      details: { resource: 'graph' },
    });
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer realm="gatehouse", error="insufficient_claims", claims="${claims}"`,
    );
  });

  it('is never read as "no groups"', async () => {
    const { headers } = await person(5);
    for (const url of ['/api/v1/overview', '/api/v1/sites', '/api/v1/portal-access']) {
      const answer = await portal.app.inject({ url, headers });
      expect(answer.json()).toMatchObject({ status: 403, code: 'groups_incomplete' });
    }
  });

  it('with an incomplete profile is told of the profile first', async () => {
    const answer = await me(await person(6, { upn: undefined }));
    expect(answer.json()).toMatchObject({ code: 'profile_incomplete' });
  });
});

it('a complete group list needs no evidence', async () => {
  const refused = await complete(
    await person(7, { groups: [groupId(2)], _claim_names: undefined }),
  );
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
    409,
    'groups_complete',
  ]);
});

it('a challenge that nobody answers is recorded as a refusal in the end', async () => {
  const other = await startBarePortal({ graphUrl: graph.url, groupsPatience: 0 });
  try {
    const token = await other.issuer.token({ ...overage });
    await other.app.inject({ url: '/api/v1/me', headers: bearer(token) });
    const rows = await other.database.db.select().from(signIns);
    expect(rows).toMatchObject([{ outcome: 'refused', code: 'groups_incomplete' }]);
  } finally {
    await other.close();
  }
});
