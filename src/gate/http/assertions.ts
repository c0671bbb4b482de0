import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { readIfThere, writeWholeFile } from '../../server/whole-file.ts';
import type { GateIdentity } from '../in-force.ts';
import { permissionsOf } from './console-identity.ts';
import type { Admitted } from './gatekeeper.ts';
import type { GateSession } from './session.ts';

export const assertionHeader = 'X-Gatehouse-Assertion';

// The synchronous form can stand still for ever in Node 20, beside other work of the thread pool.
const makeKeyPair = promisify(generateKeyPair);

/** Seconds. */
const lifetime = 300;
const renewedAfter = 240;

/** A key of the gate's own that only vouches for who is asking; it never leaves the sensor. */
export interface AssertionKey {
  readonly privateKey: KeyObject;
  /** What is published at `/_gatehouse/jwks.json`. */
  readonly jwk: JWK;
}

export async function loadAssertionKey(dataDir: string): Promise<AssertionKey> {
  const file = join(dataDir, 'assertion-key.pem');
  let pem = await readIfThere(file);
  if (pem === null) {
    const { privateKey } = await makeKeyPair('ed25519');
    pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writeWholeFile(file, pem, 0o600);
  }
  const privateKey = createPrivateKey(pem);
  const {
    kty = 'OKP',
    crv = 'Ed25519',
    x = '',
  } = createPublicKey(privateKey).export({ format: 'jwk' });
  const jwk = { kty, crv, x };
  return {
    privateKey,
    jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'EdDSA' },
  };
}

export interface AssertionOptions {
  readonly key: AssertionKey;
  readonly identity: GateIdentity;
  readonly publicUrl: string;
  readonly now: () => number;
}

/**
 * Says who is asking so that the console need not trust the network: a JWT (RFC 7519, EdDSA by RFC
 * 8037) of 5 minutes for this sensor's console alone, the same for a session as long as it is fresh.
 */
export function createAssertions(options: AssertionOptions): (admitted: Admitted) => string {
  const { key, identity, publicUrl, now } = options;
  const header = encoded({ alg: 'EdDSA', typ: 'JWT', kid: key.jwk.kid });
  const made = new WeakMap<GateSession, { standing: object; iat: number; text: string }>();

  return (admitted) => {
    const { session, standing } = admitted;
    const iat = Math.floor(now() / 1000);
    const known = made.get(session);
    if (known?.standing === standing && iat >= known.iat && iat - known.iat < renewedAfter) {
      return known.text;
    }
    const payload = encoded({
      iss: publicUrl,
      aud: [publicUrl, identity.sensorId],
      sub: session.person === null ? 'recovery' : subjectOf(session.person),
      sid: session.id,
      jti: randomUUID(),
      iat,
      exp: iat + lifetime,
      name: session.person?.name ?? 'Recovery',
      preferred_username: session.person?.userPrincipalName ?? 'recovery',
      role: standing.role,
      permissions: permissionsOf(standing.role),
    });
    const signed = `${header}.${payload}`;
    const signature = sign(null, Buffer.from(signed), key.privateKey).toString('base64url');
    const text = `${signed}.${signature}`;
    made.set(session, { standing, iat, text });
    return text;
  };
}

/** R13: identity is tenant and object id. */
function subjectOf({ tenantId, objectId }: { tenantId: string; objectId: string }): string {
  return `${tenantId}.${objectId}`;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
