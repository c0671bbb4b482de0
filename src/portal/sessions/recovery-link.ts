import { createHash, randomBytes } from 'node:crypto';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { recoveryLinks } from '../storage/recovery-schema.ts';
import { systemActor } from '../storage/schema.ts';

/** R17: a link is good once, and for 15 minutes. */
const linkLifetime = 15 * 60_000;

/** Only the hash of a secret is ever stored: who reads the database can't use it. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Has it the form of one that newSecret makes? */
export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/u.test(text);
}

export interface RecoveryLinkDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly publicUrl: string;
  readonly appendAudit: AppendAudit;
  readonly now: () => Date;
}

/**
 * Makes a recovery link, to be printed on the host. The token stands in the fragment, which browsers
 * send to no server, so that it gets into no log.
 */
export async function makeRecoveryLink(dependencies: RecoveryLinkDependencies): Promise<string> {
  const { database, publicUrl, appendAudit, now } = dependencies;
  const token = newSecret();
  const expiresAt = new Date(now().getTime() + linkLifetime);
  await database.db.transaction(async (tx: Transaction) => {
    await tx
      .insert(recoveryLinks)
      .values({ tokenHash: secretHash(token), createdAt: now(), expiresAt });
    await appendAudit(tx, {
      actor: systemActor,
      address: null,
      action: 'recoveryLink.created',
      outcome: 'succeeded',
      subject: 'Recovery link',
      siteIds: [],
      after: { expiresAt },
    });
  });
  return `${publicUrl}/recover#token=${token}`;
}
