import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { StateFile } from './state-file.ts';

export interface KeyState {
  /** Newest first; the newest signs. */
  signing: JWK[];
  /** Encrypts refresh tokens, base64url. */
  refresh: string;
}

export interface Keys {
  /** The public halves, as the keys endpoint publishes them: like Entra's, without `alg`. */
  published: () => JWK[];
  sign: (claims: JWTPayload) => Promise<string>;
  /** The key that encrypts refresh tokens. */
  refreshKey: Uint8Array;
  /** A new key signs from now on. The one before stays published, unless `withdraw` says otherwise. */
  roll: (options?: { withdraw?: boolean }) => Promise<void>;
}

export async function createKeys(file: StateFile<KeyState>): Promise<Keys> {
  let state = await file.read();
  if (state === undefined) {
    state = { signing: [await newKey()], refresh: randomBytes(32).toString('base64url') };
    await file.write(state);
  }
  let { signing } = state;
  const { refresh } = state;
  let current = await importCurrent(signing);

  return {
    published: () => signing.map(publicHalf),
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: current.kid })
        .sign(current.key),
    refreshKey: Buffer.from(refresh, 'base64url'),
    async roll({ withdraw = false } = {}) {
      signing = [await newKey(), ...(withdraw ? [] : signing.slice(0, 1))];
      current = await importCurrent(signing);
      await file.write({ signing, refresh });
    },
  };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    ...(await exportJWK(privateKey)),
    kid: randomBytes(20).toString('base64url'),
    use: 'sig',
  };
}

async function importCurrent(signing: JWK[]): Promise<{ kid: string; key: CryptoKey }> {
  const [jwk = {}] = signing;
  return { kid: jwk.kid ?? '', key: (await importJWK(jwk, 'RS256')) as CryptoKey };
}

function publicHalf({ kty, use, kid, n, e }: JWK): JWK {
  return { kty, use, kid, n, e } as JWK;
}
