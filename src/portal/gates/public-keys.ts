import { createHash, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { PublicKey } from '../../contract/gate-protocol.ts';

/** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The SHA-256 thumbprint of an Ed25519 key (RFC 7638, RFC 8037 appendix A.3). `x`: base64url. */
export function thumbprint(x: string): string {
  return createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
    .digest('base64url');
}

/** The JWK of a key by its coordinate. */
export function publicKeyOf(x: string): PublicKey {
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint(x) };
}

/** Is the key named by its own thumbprint, and written in the one way that its bytes have? */
export function isWellNamed({ x, kid }: PublicKey): boolean {
  return Buffer.from(x, 'base64url').toString('base64url') === x && thumbprint(x) === kid;
}

const mostRemembered = 20_000;
const remembered = new Map<string, KeyObject>();

/**
 * For verifying. From the JWK it takes 11 µs, from DER, where OpenSSL looks for a decoder, 85: for more
 * gates than are remembered (1.7 kB each) it is made anew each time, next to a signature of 115 µs.
 */
export function verifyingKey({ x }: PublicKey): KeyObject {
  const known = remembered.get(x);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (remembered.size >= mostRemembered) {
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  }
  remembered.set(x, key);
  return key;
}

export interface KeyPair {
  readonly publicKey: PublicKey;
  /** PKCS #8, DER, base64. */
  readonly privateKey: string;
}

const generate = promisify(generateKeyPair);

/** Makes an Ed25519 key. Not by way of exported JWKs: Node 20 can block on those. */
export async function makeKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generate('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return {
    publicKey: publicKeyOf(publicKey.subarray(spkiPrefix.length).toString('base64url')),
    privateKey: privateKey.toString('base64'),
  };
}
