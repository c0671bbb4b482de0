import { describe, expect, it } from 'vitest';
import type { TokenVerifier } from '../../entra/token-verifier.ts';
import { chooseVerifier, type SpaVerifier } from './choose-verifier.ts';

const verifier: TokenVerifier = {
  remembered: () => undefined,
  verify: () => Promise.reject(new Error('not asked')),
};
function provider(id: string, apiClientId: string, clientId: string, tenantId = 't'): SpaVerifier {
  return { id, registration: { tenantId, clientId, apiClientId, verifier } };
}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown) => `${part({ alg: 'RS256' })}.${part(claims)}.x`;
const chosen = (claims: unknown, providers: readonly SpaVerifier[]) =>
  chooseVerifier(token(claims), providers)?.id;

const providers = [
  provider('one', 'api-1', 'page-1'),
  provider('two', 'api-2', 'page-2'),
  provider('three', 'api-2', 'page-3'),
  provider('four', 'api-2', 'page-3', 'other'),
];

describe('the provider that judges a token', () => {
  it.each([
    [{ aud: 'api-1', azp: 'page-1' }, 'one'],
    [{ aud: 'API-2', azp: 'Page-2' }, 'two'],
    [{ aud: 'api://api-2', azp: 'page-3', tid: 't' }, 'three'],
    [{ aud: 'api-2', azp: 'page-3', tid: 'other' }, 'four'],
    // The one that says best what is wrong: its audience, else the first.
    [{ aud: 'api-2', azp: 'page-9' }, 'two'],
    [{ aud: 'api-9', azp: 'page-9' }, 'one'],
    [{ aud: ['api-2'], azp: 7 }, 'one'],
    ['text', 'one'],
  ])('of %o is %s', (claims, id) => {
    expect(chosen(claims, providers)).toBe(id);
  });

  it.each(['', 'x', 'a.b.c', 'x'.repeat(20_000)])('of what is no token is the first', (text) => {
    expect(chooseVerifier(text, providers)?.id).toBe('one');
  });

  it('is the only one, without a look at the token; and none where there is none', () => {
    expect(chooseVerifier('x', providers.slice(1, 2))?.id).toBe('two');
    expect(chooseVerifier(token({ aud: 'api-1' }), [])).toBeUndefined();
  });
});
