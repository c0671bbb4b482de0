import { randomBytes } from 'node:crypto';
import { createSecretBox, type SecretBox } from '../portal/storage/secret-box.ts';

/** What encrypts stored secrets in a test: a key of its own. */
export function testSecrets(): SecretBox {
  const key = randomBytes(32);
  return createSecretBox(() => [key]);
}
