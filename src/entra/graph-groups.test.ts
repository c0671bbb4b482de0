import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personInGraph, startGraphServer, type GraphServer } from '../testing/graph-server.ts';
import { groupsOf } from './graph-groups.ts';

const objectId = '0a1b2c3d-0000-4000-8000-00000000000d';
let graph: GraphServer;

beforeAll(async () => {
  graph = await startGraphServer();
});
afterAll(() => graph.close());
const read = () => groupsOf({ graphUrl: graph.url, token: 'of-the-person', objectId });

describe('groupsOf', () => {
  it('reads every page, as the person', async () => {
    graph.answerBy((url) => {
      if (url.pathname.endsWith('/me')) return { body: { id: objectId.toUpperCase() } };
      return url.searchParams.has('page')
        ? { body: { value: [{ id: 'B' }] } }
        : { body: { value: [{ id: 'a' }], '@odata.nextLink': `${graph.url}/v1.0/next?page=2` } };
    });
    expect(await read()).toEqual(['a', 'b']);
    const [me, first] = graph.requests;
    expect(me?.headers.authorization).toBe('Bearer of-the-person');
    expect(first?.headers['consistencylevel']).toBe('eventual');
    expect(first?.url).toContain('$top=999&$count=true');
  });

  it('refuses the token of somebody else', async () => {
    graph.answerBy(personInGraph('0a1b2c3d-0000-4000-8000-0000000000ff', ['a']));
    await expect(read()).rejects.toMatchObject({ code: 'graph_other_person' });
  });

  it('follows no link out of Graph', async () => {
    graph.answerBy((url) =>
      url.pathname.endsWith('/me')
        ? { body: { id: objectId } }
        : { body: { value: [], '@odata.nextLink': 'http://127.0.0.1:9/steal' } },
    );
    await expect(read()).rejects.toMatchObject({ code: 'graph_refused' });
  });

  it('follows no redirect', async () => {
    graph.answerBy(() => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }));
    await expect(read()).rejects.toMatchObject({ code: 'graph_unreachable' });
  });

  it('ends when the pages don’t', async () => {
    graph.answerBy((url) =>
      url.pathname.endsWith('/me')
        ? { body: { id: objectId } }
        : { body: { value: [], '@odata.nextLink': `${graph.url}/v1.0/again` } },
    );
    await expect(read()).rejects.toMatchObject({ code: 'graph_too_many_groups' });
  });

  it.each([
    [403, { error: { code: 'Authorization_RequestDenied' } }, 'graph_refused', 'RequestDenied'],
    [401, null, 'graph_refused', '401'],
    [429, null, 'graph_unreachable', '429'],
    [503, 'not json', 'graph_unreachable', 'does not answer'],
    [200, { value: 'x' }, 'graph_unreachable', 'another form'],
  ])('explains status %i with %j', async (status, body, code, reason) => {
    graph.answerBy(() => ({ status, body }));
    await expect(read()).rejects.toMatchObject({ code, reason: expect.stringContaining(reason) });
  });

  it('hands on what Graph asks for', async () => {
    const claims = Buffer.from('{"access_token":{"nbf":{"essential":true}}}').toString('base64');
    const asks = (challenge: string) =>
      graph.answerBy(() => ({ status: 401, headers: { 'www-authenticate': challenge } }));
    asks(`Bearer realm="", error="insufficient_claims", claims="${claims}"`);
    await expect(read()).rejects.toMatchObject({ code: 'graph_claims_challenge', claims });
    for (const wrong of [
      'bm8=',
      Buffer.from('[1]').toString('base64'),
      'a\\',
      'e30'.repeat(2_000),
    ]) {
      asks(`Bearer realm="", error="insufficient_claims", claims="${wrong}"`);
      await expect(read()).rejects.toMatchObject({ code: 'graph_refused', claims: null });
    }
    asks(`Bearer realm="", error="invalid_token", claims="${claims}"`);
    await expect(read()).rejects.toMatchObject({ code: 'graph_refused' });
  });

  it('says when nothing answers', async () => {
    const gone = groupsOf({ graphUrl: 'http://127.0.0.1:9', token: 't', objectId });
    await expect(gone).rejects.toMatchObject({ code: 'graph_unreachable' });
  });
});
