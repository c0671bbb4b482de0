import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import type { Credentials } from './identification.ts';
import { ProblemError } from '../../server/problem-error.ts';

/** `__Host-`: set by this very host, for all of it, over a connection that nobody reads. */
export const recoveryCookie = '__Host-gatehouse-recovery';

/** The credentials of a request, or null. A bearer token goes before a cookie. Throws ProblemError. */
export function readCredentials(request: FastifyRequest): Credentials | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    refuseSeveral(request.raw.rawHeaders);
    const token = bearerToken(authorization);
    return { kind: 'bearer', token, connection: request.raw.socket };
  }
  const value = readRecoveryCookie(request);
  return value === undefined ? null : { kind: 'recoveryCookie', value };
}

export function readRecoveryCookie({ headers, server }: FastifyRequest): string | undefined {
  return headers.cookie === undefined
    ? undefined
    : server.parseCookie(headers.cookie)[recoveryCookie];
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
