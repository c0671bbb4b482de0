import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  assertionLifetime,
  assertionScheme,
  assertionType,
  type AssertionClaims,
} from '../contract/gate-protocol.ts';
import type { GateKey } from './gate-key.ts';

export interface AssertedRequest {
  /** The gate's id; at enrolment, the thumbprint of its key. */
  readonly issuer: string;
  readonly portalUrl: string;
  readonly method: AssertionClaims['htm'];
  readonly path: string;
  readonly body?: string | undefined;
  /** Milliseconds since 1970, by the portal's clock where that is known. */
  readonly now: number;
}

/** Signs what proves possession of the key, for one request. */
export function signAssertion(key: GateKey, request: AssertedRequest): Promise<string> {
  const { issuer, portalUrl, method, path, body, now } = request;
  const iat = Math.floor(now / 1000);
  const hash = createHash('sha256');
  const claims = {
    iss: issuer,
    aud: portalUrl,
    iat,
    exp: iat + assertionLifetime,
    jti: randomUUID(),
    htm: method,
    htu: path,
    ...(body === undefined ? {} : { bh: hash.update(body).digest('base64url') }),
  } satisfies AssertionClaims;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: assertionType, kid: key.publicKey.kid })
    .sign(key.privateKey);
}

/** The same as the header `Authorization`. */
export async function authorize(key: GateKey, request: AssertedRequest): Promise<string> {
  return `${assertionScheme} ${await signAssertion(key, request)}`;
}
