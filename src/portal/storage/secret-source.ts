import type { Database } from './database.ts';
import { reasonOf } from './storage-error.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';
import type { KeyPlace } from './sealed-rekey.ts';
import { readSealedUsage, unreadableMessage } from './sealed-usage.ts';
import {
  loadOrCreateSecretKeys,
  readSecretKeyFile,
  replaceSecretKeyFile,
  secretKeyPath,
  watchSecretKeyFile,
  type SecretKeys,
} from './secret-key.ts';

export interface SecretSettings {
  /** Absolute. */
  readonly dataDir: string;
  /** GATEHOUSE_SECRET_KEY; absent: the file in the data directory. */
  readonly secretKeys?: SecretKeys;
}

/** Values of each table that a start looks at: enough to see a wrong key, and no wait. */
const looked = 1000;

/**
 * What encrypts stored secrets. What can't be read with it is told to `tell`, in words for operators,
 * and the portal starts all the same: sign-ins that need no secret go on, and an Admin can enter what
 * is lost anew. Throws StorageError where there is no key to start with.
 */
export async function openSecrets(
  settings: SecretSettings,
  database: Pick<Database, 'db'>,
  tell: (message: string) => void,
): Promise<SecretBox> {
  const { dataDir, secretKeys } = settings;
  const path = secretKeyPath(dataDir);
  const keys = secretKeys ?? (await loadOrCreateSecretKeys(dataDir));
  const others = secretKeys && (await readSecretKeyFile(path).catch(() => undefined));
  const message = unreadableMessage(await readSealedUsage(database.db, looked), keys, others);
  if (message !== null) tell(message);
  return createSecretBox(
    secretKeys === undefined
      ? watchSecretKeyFile(path, keys, (error) => tell(reasonOf(error)))
      : () => secretKeys,
  );
}

/** Where `gatehouse secrets` reads and writes the keys. */
export function keyPlace({ dataDir, secretKeys }: SecretSettings): KeyPlace {
  if (secretKeys !== undefined) return { read: async () => secretKeys, replace: null };
  const path = secretKeyPath(dataDir);
  return {
    read: () => loadOrCreateSecretKeys(dataDir),
    replace: (keys) => replaceSecretKeyFile(path, keys),
  };
}
