import { eq, sql } from 'drizzle-orm';
import type { PublicKey } from '../../contract/gate-protocol.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { gateSigningKeys } from '../storage/gate-schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { makeKeyPair, type KeyPair } from './public-keys.ts';
import { sealContext } from './sign-bundle.ts';

export interface SigningKeyDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly secrets: SecretBox;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
}

/** A key that is in use, as the database has it. */
export interface SigningKey {
  readonly id: string;
  readonly status: 'current' | 'next' | 'retired';
  readonly publicKey: PublicKey;
  readonly createdAt: Date;
}

/** The keys in use, the current one first. */
export async function readSigningKeys(db: Pick<Transaction, 'select'>): Promise<SigningKey[]> {
  return db
    .select({
      id: gateSigningKeys.id,
      status: gateSigningKeys.status,
      publicKey: gateSigningKeys.publicKey,
      createdAt: gateSigningKeys.createdAt,
    })
    .from(gateSigningKeys)
    .where(sql`${gateSigningKeys.status} <> 'retired'`)
    .orderBy(gateSigningKeys.status);
}

/** Makes a key, and keeps its private half encrypted (R20). False: there is one of that status already. */
export async function makeSigningKey(
  tx: Transaction,
  status: 'current' | 'next',
  secrets: SecretBox,
): Promise<boolean> {
  const { publicKey, privateKey } = await makeNameablePair();
  const id = publicKey.kid;
  const sealedPrivateKey = secrets.seal(privateKey, sealContext(id));
  const made = await tx
    .insert(gateSigningKeys)
    .values({ id, status, publicKey, sealedPrivateKey })
    .onConflictDoNothing()
    .returning({ id: gateSigningKeys.id });
  return made.length > 0;
}

/** Its fingerprint stands on a command line, where a dash at its beginning would make it an option. */
async function makeNameablePair(): Promise<KeyPair> {
  for (;;) {
    const pair = await makeKeyPair();
    if (!pair.publicKey.kid.startsWith('-')) return pair;
  }
}

/**
 * The keys in use; the first is made when it is first asked for. Of two instances that do so at
 * once, the index on the status lets one through. `onMade` is called after the commit.
 */
export async function ensureSigningKeys(
  { database, secrets, bumpRevision }: SigningKeyDependencies,
  onMade: () => void,
): Promise<readonly SigningKey[]> {
  const found = await readSigningKeys(database.db);
  if (found.length > 0) return found;
  await database.db.transaction(async (tx) => {
    if (await makeSigningKey(tx, 'current', secrets)) await bumpRevision(tx, 'gates');
  });
  onMade();
  return readSigningKeys(database.db);
}

/** Puts the next key in the place of the current one. */
export async function activateNextKey(tx: Transaction, now: Date): Promise<void> {
  await tx
    .update(gateSigningKeys)
    .set({ status: 'retired', retiredAt: now })
    .where(eq(gateSigningKeys.status, 'current'));
  await tx
    .update(gateSigningKeys)
    .set({ status: 'current' })
    .where(eq(gateSigningKeys.status, 'next'));
}
