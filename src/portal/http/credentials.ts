import type { FastifyRequest } from 'fastify';
import { activityHeader } from '../../contract/endpoint.ts';
import type { Credentials } from './identification.ts';
import { ProblemError } from '../../server/problem-error.ts';

/** `__Host-`: set by this very host, for all of it, over a connection that nobody reads. */
export const recoveryCookie = '__Host-gatehouse-recovery';

/** Of a session that a web-application provider opened. */
export const sessionCookie = '__Host-gatehouse-session';

/**
 * The credentials of a request, or null. A bearer token goes before a cookie, a recovery session
 * before any other: somebody opened it to get in where the other doesn't. Throws ProblemError.
 */
export function readCredentials(request: FastifyRequest): Credentials | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    refuseSeveral(request.raw.rawHeaders);
    const token = bearerToken(authorization);
    return { kind: 'bearer', token, connection: request.raw.socket };
  }
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const recovery = cookieValue(cookie, recoveryCookie);
  if (recovery !== undefined) return { kind: 'recoveryCookie', value: recovery };
  const value = cookieValue(cookie, sessionCookie);
  return value === undefined
    ? null
    : {
        kind: 'sessionCookie',
        value,
        connection: request.raw.socket,
        background: request.headers[activityHeader] === 'background',
      };
}

export function readSessionCookie({ headers }: FastifyRequest): string | undefined {
  return headers.cookie === undefined ? undefined : cookieValue(headers.cookie, sessionCookie);
}

/**
 * The first value of a name that needs no decoding, as our own do; undefined without one. By hand,
 * because making an object of all cookies costs more than the rest of an answer from memory.
 */
export function cookieValue(header: string, name: string): string | undefined {
  for (let at = header.indexOf(name); at !== -1; at = header.indexOf(name, at + 1)) {
    const valueAt = at + name.length + 1;
    if (header[valueAt - 1] !== '=' || !begins(header, at)) continue;
    const end = header.indexOf(';', valueAt);
    const value = header.slice(valueAt, end === -1 ? undefined : end).trim();
    return value === '' ? undefined : value;
  }
  return undefined;
}

export function readRecoveryCookie({ headers }: FastifyRequest): string | undefined {
  return headers.cookie === undefined ? undefined : cookieValue(headers.cookie, recoveryCookie);
}

// A value of another cookie may hold a space and our name, and any host of the domain can set one.
function begins(header: string, at: number): boolean {
  let before = at - 1;
  while (header[before] === ' ') before -= 1;
  return before < 0 || header[before] === ';';
}

// Node keeps the first of several: a proxy before it may have judged by another one.
function refuseSeveral(rawHeaders: readonly string[]): void {
  let found = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 13 && name.toLowerCase() === 'authorization') found += 1;
  }
  if (found > 1) {
    throw new ProblemError(
      400,
      'several_authorization_headers',
      'The request has more than one Authorization header. Send one.',
    );
  }
}

function bearerToken(authorization: string): string {
  const scheme = authorization.slice(0, 7).toLowerCase();
  const token = authorization.slice(7);
  if (scheme !== 'bearer ' || token === '' || token.includes(' ')) {
    throw unauthorized('invalid_authorization', 'Send the access token as `Bearer <token>`.');
  }
  return token;
}

/** 401 with the challenge that RFC 6750 asks for. `detail` must be plain ASCII where it names no field. */
export function unauthorized(code: string, detail: string, cause?: unknown): ProblemError {
  return new ProblemError(401, code, detail, {
    headers: { 'www-authenticate': `Bearer realm="gatehouse", error="invalid_token"` },
    cause,
  });
}

export function notSignedIn(): ProblemError {
  return new ProblemError(401, 'not_signed_in', 'Sign in first.', {
    headers: { 'www-authenticate': 'Bearer realm="gatehouse"' },
  });
}
