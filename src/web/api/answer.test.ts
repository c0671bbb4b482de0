import { describe, expect, it } from 'vitest';
import { ApiError, OfflineError } from '../failures.ts';
import { challengedClaims, valueOf } from './answer.ts';
import type { Answer } from './transport.ts';

function answer(status: number, text: string, headers: Record<string, string> = {}): Answer {
  return { status, text, header: (name) => headers[name] ?? null };
}

function failureOf(given: Answer): unknown {
  try {
    valueOf(given);
  } catch (error) {
    return error;
  }
  return null;
}

describe('valueOf', () => {
  it('answers value and revision, without quotes or weakness', () => {
    expect(valueOf(answer(200, '{"a":1}', { etag: 'W/"7"' }))).toEqual({
      value: { a: 1 },
      revision: '7',
    });
  });

  it('answers nothing for 204', () => {
    expect(valueOf(answer(204, ''))).toEqual({ value: undefined, revision: null });
  });

  it('throws a problem document as it is', () => {
    const problem = {
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      code: 'no_role',
      detail: 'None of your groups gives a role here.',
      reference: 'r-1',
    };
    expect(failureOf(answer(403, JSON.stringify(problem)))).toMatchObject({
      code: 'no_role',
      status: 403,
      problem,
    });
  });

  it('makes a problem of a failure that says nothing', () => {
    const error = failureOf(answer(502, '', { 'x-request-id': 'r-2' }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'server_error', problem: { reference: 'r-2' } });
  });

  it('takes a page of somebody else for being offline', () => {
    expect(failureOf(answer(200, '<html>Hotel Wi-Fi</html>'))).toBeInstanceOf(OfflineError);
  });
});

describe('challengedClaims', () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

  it('decodes what a challenge asks for', () => {
    const header = `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`;
    expect(challengedClaims(answer(401, '', { 'www-authenticate': header }))).toBe(claims);
  });

  it.each([
    ['Bearer error="invalid_token"', 401],
    [`Bearer error="insufficient_claims", claims="${btoa(claims)}"`, 403],
    ['Bearer error="insufficient_claims"', 401],
    ['Bearer error="insufficient_claims", claims="%%%"', 401],
  ])('finds none in %s with %i', (header, status) => {
    expect(challengedClaims(answer(status, '', { 'www-authenticate': header }))).toBeNull();
  });
});
