import { and, eq, gt, isNull } from 'drizzle-orm';
import { ProblemError } from '../../server/problem-error.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { recoveryLinks, recoverySessions } from '../storage/recovery-schema.ts';
import { signIns, type StoredActor } from '../storage/schema.ts';
import { newSecret, secretHash } from './recovery-link.ts';

/** R17: Admin for 30 minutes. */
const sessionLifetime = 30 * 60_000;

export const recoveryActor: StoredActor = {
  kind: 'recovery',
  name: 'Recovery',
  tenantId: null,
  objectId: null,
};

export interface OpenedSession {
  /** The cookie's value; only its hash is stored. */
  readonly secret: string;
  readonly endsAt: Date;
}

export interface RedeemDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly now: () => Date;
}

/** Opens a session with the token of a link. Throws 403 for one that was used, has expired or never was. */
export async function redeemRecoveryLink(
  token: string,
  address: string,
  { database, appendAudit, now }: RedeemDependencies,
): Promise<OpenedSession> {
  const tokenHash = secretHash(token);
  const opened = await database.db.transaction(async (tx) => {
    // One statement: of two who redeem at once, the row lets one through.
    const used = await tx
      .update(recoveryLinks)
      .set({ usedAt: now() })
      .where(
        and(
          eq(recoveryLinks.tokenHash, tokenHash),
          isNull(recoveryLinks.usedAt),
          gt(recoveryLinks.expiresAt, now()),
        ),
      )
      .returning({ tokenHash: recoveryLinks.tokenHash });
    if (used.length === 0) return null;
    const secret = newSecret();
    const endsAt = new Date(now().getTime() + sessionLifetime);
    const idHash = secretHash(secret);
    await tx.insert(recoverySessions).values({ idHash, createdAt: now(), endsAt });
    await tx.insert(signIns).values({
      at: now(),
      name: recoveryActor.name,
      kind: 'recovery',
      signInKey: `recovery:${idHash.toString('hex')}`,
      address,
      outcome: 'succeeded',
      portalRole: 'admin',
    });
    await appendAudit(tx, entry('recoverySession.opened', 'succeeded', address, { endsAt }));
    return { secret, endsAt };
  });
  if (opened !== null) return opened;
  throw await database.db.transaction((tx) => refusal(tx, tokenHash, address, appendAudit));
}

/** Says why; a link that was ours once is audited, guesses aren't: there is no end to them. */
async function refusal(
  tx: Transaction,
  tokenHash: Buffer,
  address: string,
  appendAudit: AppendAudit,
): Promise<ProblemError> {
  const [link] = await tx
    .select({ usedAt: recoveryLinks.usedAt })
    .from(recoveryLinks)
    .where(eq(recoveryLinks.tokenHash, tokenHash));
  const mend = 'Make a new one on the host: gatehouse recover.';
  if (link === undefined) {
    return new ProblemError(
      403,
      'recovery_link_unknown',
      `This recovery link isn’t known. ${mend}`,
    );
  }
  const [code, what] =
    link.usedAt === null
      ? (['recovery_link_expired', 'has expired: it is good for 15 minutes'] as const)
      : (['recovery_link_used', 'has been used: it is good once'] as const);
  await appendAudit(tx, entry('recoverySession.refused', 'refused', address, { code }));
  return new ProblemError(403, code, `This recovery link ${what}. ${mend}`);
}

function entry(
  action: string,
  outcome: 'succeeded' | 'refused',
  address: string,
  after: Record<string, unknown>,
) {
  return {
    actor: recoveryActor,
    address,
    action,
    outcome,
    subject: 'Recovery session',
    siteIds: [],
    after,
  };
}
