import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowGroupSearch, searchGroups } from './graph.ts';
import { completeGroups } from './group-evidence.ts';
import { acquireGraphToken } from './tokens.ts';

vi.mock('./configuration.ts', () => ({
  configuration: { provider: { graphUrl: 'https://graph.example.com' } },
}));
vi.mock('./tokens.ts', () => ({
  acquireApiToken: async () => 'api-token',
  acquireGraphToken: vi.fn<typeof acquireGraphToken>(),
}));

const claims = '{"access_token":{"nbf":{"essential":true}}}';
const challenge = `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`;
const challenged = () =>
  Response.json({}, { status: 401, headers: { 'www-authenticate': challenge } });
const acquired = vi.mocked(acquireGraphToken);
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  acquired.mockReset();
  fetched.mockReset();
  // One that satisfies what was asked for, or the one from memory.
  acquired.mockImplementation(async (_scopes, options) => (options.claims ? 'better' : 'cached'));
});
afterEach(() => vi.unstubAllGlobals());

const search = () => searchGroups('admins', new AbortController().signal);
const tokens = () =>
  fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'));

describe('a claims challenge of Graph', () => {
  it('is answered while groups are searched, with a token acquired for it', async () => {
    fetched
      .mockResolvedValueOnce(challenged())
      .mockResolvedValueOnce(Response.json({ value: [{ id: 'g', displayName: 'Admins' }] }));
    expect(await search()).toEqual({
      kind: 'found',
      groups: [{ id: 'g', displayName: 'Admins' }],
    });
    expect(tokens()).toEqual(['Bearer cached', 'Bearer better']);
    expect(acquired.mock.lastCall?.[1]).toEqual({ interactive: false, claims });
  });

  it('asks the person in the next window where silence isn’t enough', async () => {
    fetched.mockResolvedValueOnce(challenged());
    acquired.mockImplementation(async (_scopes, { claims: asked = null, interactive }) =>
      asked === null || interactive ? 'token' : null,
    );
    expect(await search()).toEqual({ kind: 'needsConsent' });
    expect(await allowGroupSearch()).toBe(true);
    expect(acquired.mock.lastCall?.[1]).toEqual({ interactive: true, claims });
    fetched.mockResolvedValueOnce(Response.json({ value: [] }));
    expect(await search()).toEqual({ kind: 'found', groups: [] });
    expect(acquired.mock.lastCall?.[1]).toEqual({ interactive: false, claims: null });
  });

  it('is answered while a group list is completed', async () => {
    fetched
      .mockResolvedValueOnce(challenged())
      .mockResolvedValueOnce(new Response(null, { status: 204 }));
    expect(await completeGroups({ interactive: false })).toBe(true);
    expect(fetched.mock.calls.map(([, init]) => init?.body)).toEqual([
      JSON.stringify({ graphAccessToken: 'cached' }),
      JSON.stringify({ graphAccessToken: 'better' }),
    ]);
  });

  it('is answered once: a second one is an error', async () => {
    fetched.mockImplementation(async () => challenged());
    expect(await search()).toEqual({ kind: 'needsConsent' });
    await expect(completeGroups({ interactive: true })).rejects.toThrow('401');
    expect(fetched).toHaveBeenCalledTimes(4);
  });
});
