import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { bundleType } from '../../contract/gate-protocol.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import type { BundleContent } from './bundle-content.ts';
import type { SigningKeyRow } from './gate-state.ts';

/** What a private key is sealed as. */
export function sealContext(keyId: string): string {
  return `gate signing key ${keyId}`;
}

export interface BundleSigner {
  /** A bundle as a JWS in compact form. `now`: when it is issued. Throws StorageError for a key that can't be read. */
  sign(content: BundleContent, key: SigningKeyRow, now: Date): string;
}

/** Keeps the private key in memory once it was decrypted. */
export function createBundleSigner(secrets: Pick<SecretBox, 'unseal'>): BundleSigner {
  let ready: { readonly id: string; readonly key: KeyObject; readonly header: string } | null =
    null;

  function unsealed({ id, sealedPrivateKey }: SigningKeyRow) {
    if (ready?.id === id) return ready;
    const key = createPrivateKey({
      key: Buffer.from(secrets.unseal(sealedPrivateKey, sealContext(id)), 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    ready = { id, key, header: encoded({ alg: 'EdDSA', typ: bundleType, kid: id }) };
    return ready;
  }

  return {
    sign(content, row, now) {
      const { key, header } = unsealed(row);
      const input = `${header}.${encoded({ ...content, iat: Math.floor(now.getTime() / 1000) })}`;
      return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
    },
  };
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
