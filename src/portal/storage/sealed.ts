import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { StorageError } from './storage-error.ts';

const form = 'v1';
const nonceLength = 12;
const tagLength = 16;

/** Names a key without saying anything of it: so that what was sealed with another one is told apart. */
export function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest().subarray(0, 6).toString('base64url');
}

/**
 * Encrypts a secret for storage (R20): AES-256-GCM, as `v1.<key id>.<nonce, ciphertext, tag>`.
 * `key`: 32 bytes. `context` says what the secret is of, such as `gate signing key <id>`: the same is
 * needed to read it, so that nobody can exchange one stored secret for another.
 */
export function seal(key: Buffer, plaintext: string, context: string): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${form}:${context}`));
  const sealed = Buffer.concat([nonce, cipher.update(plaintext), cipher.final()]);
  return `${form}.${keyId(key)}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')}`;
}

/** The id of the key that something was encrypted with. */
export function sealedBy(sealed: string): string | undefined {
  return sealed.split('.')[1];
}

/** Reads what `seal` wrote. Throws StorageError: another key, or not what was written. */
export function unseal(key: Buffer, sealed: string, context: string): string {
  const [version, id, body, ...more] = sealed.split('.');
  if (version !== form || id === undefined || body === undefined || more.length > 0) {
    throw damaged(context);
  }
  if (id !== keyId(key)) {
    throw new StorageError(
      'secret_key_invalid',
      `The ${context} was encrypted with another secret key. Start the portal with the one that it ` +
        'was stored with: GATEHOUSE_SECRET_KEY, or the file secret-key in the data directory.',
    );
  }
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < nonceLength + tagLength) throw damaged(context);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(`${form}:${context}`));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
    return Buffer.concat([text, decipher.final()]).toString();
  } catch (error) {
    throw damaged(context, error);
  }
}

function damaged(context: string, cause?: unknown): StorageError {
  return new StorageError(
    'sealed_value_damaged',
    `The ${context} can’t be decrypted: what is stored isn’t what was written. Restore the database.`,
    { cause },
  );
}
