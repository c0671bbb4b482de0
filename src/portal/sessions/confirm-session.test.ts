import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { groupId } from '../../testing/bare-portal.ts';
import { personInGraph, startGraphServer, type GraphServer } from '../../testing/graph-server.ts';
import { startWebPortal, webGroups, type WebPortal } from '../../testing/web-portal.ts';
import { ended, webVisitor, type WebVisitor } from '../../testing/web-visitor.ts';
import { auditEvents } from '../storage/schema.ts';

let portal: WebPortal;
let graph: GraphServer;
let visitor: WebVisitor;
let now = Date.now();
const minute = 60_000;

beforeAll(async () => {
  graph = await startGraphServer();
  portal = await startWebPortal({ now: () => new Date(now), graphUrl: graph.url });
});
afterAll(async () => {
  await portal.close();
  await graph.close();
});
beforeEach(() => {
  visitor = webVisitor(portal, () => now);
});
afterEach(() => portal.provider.misbehave({}));

const refreshes = () =>
  portal.provider.forms.filter((form) => form.get('grant_type') === 'refresh_token').length;

describe('groups and profile of a session', () => {
  it('are asked of Entra anew after an hour, once, without holding a request up', async () => {
    const browser = await visitor.signedIn();
    const before = refreshes();
    for (const minutes of [29, 29]) {
      now += minutes * minute;
      expect((await browser.me()).json()).toMatchObject({ portalRole: 'admin' });
    }
    expect(refreshes()).toBe(before);
    now += 3 * minute;
    visitor.tells({ groups: [webGroups.readOnly], name: 'Ada New' });
    const answers = await Promise.all([browser.me(), browser.me(), browser.me()]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    await expect
      .poll(async () => (await browser.me()).json())
      .toMatchObject({ portalRole: 'readOnly', name: 'Ada New' });
    expect(refreshes()).toBe(before + 1);
  });

  it('are waited for where they are older than that', async () => {
    const browser = await visitor.signedIn();
    for (const minutes of [29, 29]) {
      now += minutes * minute;
      await browser.me();
    }
    now += 10 * minute;
    visitor.tells({ groups: [webGroups.readOnly] });
    expect((await browser.me()).json()).toMatchObject({ portalRole: 'readOnly' });
  });

  it.each(['HTML', 'nothing'])('stay while the provider answers %s', async (kind) => {
    const browser = await visitor.signedIn();
    for (const minutes of [29, 29, 10]) {
      now += minutes * minute;
      portal.provider.misbehave({
        answer: (response) =>
          kind === 'HTML'
            ? response.writeHead(503, { 'content-type': 'text/html' }).end('<p>later')
            : response.destroy(),
      });
      expect((await browser.me()).json()).toMatchObject({ portalRole: 'admin' });
    }
    const asked = refreshes();
    expect((await browser.me()).statusCode).toBe(200);
    expect(refreshes()).toBe(asked);
    now += 2 * minute;
    visitor.tells({ groups: [webGroups.readOnly] });
    expect((await browser.me()).json()).toMatchObject({ portalRole: 'readOnly' });
  });

  it('are nobody’s any more where Entra says no', async () => {
    const browser = await visitor.signedIn();
    for (const minutes of [29, 29, 10]) {
      now += minutes * minute;
      portal.provider.misbehave({
        answer: (response) =>
          response.writeHead(400, { 'content-type': 'application/json' }).end(
            JSON.stringify({
              error: 'invalid_grant',
              error_description: 'AADSTS50057: The user account is disabled.',
              error_codes: [50057],
            }),
          ),
      });
      const answer = await browser.me();
      if (minutes !== 10) expect(answer.statusCode).toBe(200);
      else expect(answer.json()).toMatchObject(ended('entraRefused'));
    }
    const entries = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(entries.at(-1)).toMatchObject({
      action: 'portalSession.ended',
      actor: { kind: 'system' },
      after: { reason: 'entraRefused', aadsts: 50057 },
    });
  });

  it('are of the same person always', async () => {
    const browser = await visitor.signedIn();
    for (const minutes of [29, 29, 10]) {
      now += minutes * minute;
      visitor.tells({ oid: minutes === 10 ? randomUUID() : visitor.oid });
      const answer = await browser.me();
      if (minutes === 10) expect(answer.json()).toMatchObject(ended('entraRefused'));
    }
  });

  it('end with the hour where Entra gave no refresh token', async () => {
    visitor.tells({}, { tokens: { refresh_token: undefined } });
    const browser = portal.browser();
    await browser.signIn();
    for (const minutes of [29, 29]) {
      now += minutes * minute;
      expect((await browser.me()).statusCode).toBe(200);
    }
    now += 10 * minute;
    expect((await browser.me()).json()).toMatchObject(ended('unconfirmed'));
  });

  it('R11: are completed by Graph, or the sign-in is refused', async () => {
    const overage = { groups: undefined, _claim_names: { groups: 'src1' } };
    graph.answerBy(personInGraph(visitor.oid, [webGroups.admin, groupId(9)]));
    const browser = await visitor.signedIn(overage);
    expect((await browser.me()).json()).toMatchObject({ portalRole: 'admin', groupsFrom: 'graph' });
    expect(graph.requests.at(-1)?.headers.authorization).toMatch(/^Bearer access-token-/u);

    graph.answerBy(() => ({ status: 503 }));
    const refused = await visitor.signedIn(overage);
    expect((await refused.me()).json()).toMatchObject({
      status: 403,
      code: 'groups_incomplete',
      details: { graph: { code: 'graph_unreachable' } },
    });
    // Asked again soon, and not only with the hour.
    graph.answerBy(personInGraph(visitor.oid, [webGroups.readOnly]));
    now += minute;
    await expect
      .poll(async () => (await refused.me()).json())
      .toMatchObject({ portalRole: 'readOnly' });
  });
});
