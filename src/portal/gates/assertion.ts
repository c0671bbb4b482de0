import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  assertionClaims,
  assertionLifetime,
  assertionScheme,
  assertionType,
  type AssertionClaims,
  type PublicKey,
} from '../../contract/gate-protocol.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { verifyingKey } from './public-keys.ts';
import { verifySoon } from './verify-soon.ts';

/** An assertion that has been read, and says nothing yet. */
export interface Assertion {
  readonly kid: string;
  readonly claims: AssertionClaims;
  /** What is signed. */
  readonly input: string;
  readonly signature: Buffer;
}

/** What an assertion must be about. */
export interface AssertedRequest {
  /** The portal's origin. */
  readonly audience: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly now: Date;
}

const header = z.strictObject({
  alg: z.literal('EdDSA'),
  typ: z.literal(assertionType),
  kid: z.string().length(43),
});

/** Seconds that a clock may be off before it is said; assertions are made for the moment. */
const leeway = 30;

/** For so many seconds an assertion can be good: as long it must not be taken again. */
export const assertionMemory = assertionLifetime + 2 * leeway;

/** 401 with a challenge (RFC 9110, 11.6.1). */
export function gateRefused(
  code: string,
  detail: string,
  details?: Record<string, unknown>,
): ProblemError {
  return new ProblemError(401, code, detail, {
    headers: { 'www-authenticate': `${assertionScheme} error="${code}"` },
    ...(details === undefined ? {} : { details }),
  });
}

function invalid(what: string): ProblemError {
  return gateRefused('gate_assertion_invalid', `The gate’s assertion ${what}.`);
}

/** Reads the header `Authorization`. Throws ProblemError 401. */
export function readAuthorization(authorization: string | undefined): Assertion {
  if (authorization === undefined) {
    throw gateRefused(
      'gate_assertion_missing',
      `Gates prove themselves with \`Authorization: ${assertionScheme} <JWS>\`.`,
    );
  }
  const [scheme, jws, ...more] = authorization.split(' ');
  if (scheme !== assertionScheme || jws === undefined || more.length > 0) {
    throw invalid(`must be sent as \`${assertionScheme} <JWS>\``);
  }
  return parseAssertion(jws);
}

/** Reads a compact JWS. Throws ProblemError 401. */
export function parseAssertion(jws: string): Assertion {
  const [head = '', body = '', signature = '', ...more] = jws.split('.');
  if (more.length > 0 || jws.length > 2_000) throw invalid('isn’t a compact JWS');
  const about = header.safeParse(decoded(head));
  if (!about.success) throw invalid('has a header that isn’t taken: EdDSA, its type and its key');
  const claims = assertionClaims.safeParse(decoded(body));
  if (!claims.success) throw invalid('doesn’t have the claims that it must have');
  return {
    kid: about.data.kid,
    claims: claims.data,
    input: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
  } catch {
    return null;
  }
}

/** Throws ProblemError 401 where the assertion wasn't signed with this key. */
export async function requireSignature(assertion: Assertion, key: PublicKey): Promise<void> {
  const { input, signature } = assertion;
  const good =
    signature.length === 64 && (await verifySoon(Buffer.from(input), verifyingKey(key), signature));
  if (!good) throw invalid('isn’t signed with the gate’s key');
}

/** Throws ProblemError 401 where the assertion was made for another request, or another time. */
export function requireRequest({ claims }: Assertion, request: AssertedRequest): void {
  const { aud, htm, htu, iat, exp } = claims;
  if (aud !== request.audience) throw invalid(`is for another portal than ${request.audience}`);
  if (htm !== request.method || htu !== request.path) throw invalid('is for another request');
  if (exp <= iat || exp - iat > assertionLifetime) {
    throw invalid(`must be good for ${assertionLifetime} s at most`);
  }
  const seconds = request.now.getTime() / 1000;
  if (iat > seconds + leeway || exp < seconds - leeway) {
    const behind = Math.round(seconds - iat);
    throw gateRefused(
      'clock_off',
      `The gate’s clock is ${Math.abs(behind)} s ${behind > 0 ? 'behind' : 'ahead of'} the portal’s, or the request was long on its way.`,
      { now: request.now.toISOString(), offset: -behind * 1000 },
    );
  }
}

/** Throws ProblemError 401 for a body other than the one that the assertion vouches for. */
export function requireBody({ claims }: Assertion, body: Buffer | null): void {
  const hash = body === null ? undefined : createHash('sha256').update(body).digest('base64url');
  if (claims.bh !== hash) throw invalid('is for another body');
}
