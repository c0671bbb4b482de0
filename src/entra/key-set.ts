import { importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import { fetchJson } from './fetch-json.ts';

export type SigningKey = CryptoKey;
export type KeySet = ReadonlyMap<string, SigningKey>;

const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(300).optional(),
  use: z.literal('sig').optional(),
  n: z.string(),
  e: z.string(),
  issuer: z.string().optional(),
});

/**
 * What the only key of a set is found by too: a token needn't name a key where there is no choice
 * (OpenID Connect Core, section 10.1).
 */
export const onlyKeyId = '';

const document = z.object({ keys: z.array(z.unknown()).max(200) });

/**
 * Fetches a tenant's signing keys. Entra's carry no `alg`, and may name the issuer that they sign
 * for: those of another issuer are left out. A set without any key is an error, not an empty set.
 */
export async function fetchKeySet(jwksUrl: string, issuer: string): Promise<KeySet> {
  const { status, body } = await fetchJson(jwksUrl, { timeoutMs: 5_000, maxBytes: 1_000_000 });
  if (status !== 200) throw new Error(`The signing keys were answered with status ${status}.`);
  const tenant = new URL(issuer).pathname.split('/')[1] ?? '';
  const keys = new Map<string, SigningKey>();
  const usable: SigningKey[] = [];
  for (const entry of document.parse(body).keys) {
    const { success, data } = rsaKey.safeParse(entry);
    if (!success || (data.issuer ?? issuer).replace('{tenantid}', tenant) !== issuer) continue;
    const key = await importJWK({ kty: 'RSA', n: data.n, e: data.e }, 'RS256').catch(() => null);
    if (key === null || key instanceof Uint8Array) continue;
    usable.push(key);
    if (data.kid !== undefined) keys.set(data.kid, key);
  }
  const [only] = usable;
  if (only !== undefined && usable.length === 1) keys.set(onlyKeyId, only);
  if (usable.length === 0) throw new Error('The answer has no signing key that can be used.');
  return keys;
}
