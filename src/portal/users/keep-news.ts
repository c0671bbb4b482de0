import { and, eq } from 'drizzle-orm';
import { emailKey } from '../../domain/email-key.ts';
import { isOpen, type PersonNews } from '../../domain/portal-user.ts';
import { actorOf, type EntraPrincipal } from '../http/principal.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { Identity, UserDeps } from './user-deps.ts';
import { stateOf, updateUser } from './user-row.ts';

export interface NewsDeps extends Pick<UserDeps, 'database' | 'appendAudit' | 'now' | 'changed'> {
  /** What is in force now. */
  readonly snapshot: () => AccessSnapshot | Promise<AccessSnapshot>;
}

export type KeepNews = (
  person: EntraPrincipal,
  news: PersonNews,
  address: string,
) => Promise<AccessSnapshot> | undefined;

type Keepable = Exclude<PersonNews, { readonly kind: 'addressTaken' }>;

/**
 * Keeps what a sign-in tells of a portal user: who was invited is linked to their identity (R13), and
 * a changed address is kept to be shown. The answer is what is in force then, so that a role counts
 * in the very request that brought it. The same is tried once for a sign-in: undefined afterwards.
 */
export function createKeepNews(deps: NewsDeps): KeepNews {
  const tried = new WeakMap<EntraPrincipal, string>();

  async function keep(person: EntraPrincipal, news: Keepable, address: string) {
    await deps.database.db.transaction((tx) =>
      news.kind === 'invited'
        ? link(tx, person, news.userId, address, deps)
        : keepAddress(tx, person, news, address, deps),
    );
    tried.set(person, keyOf(news));
    // Also where nothing was kept: then it isn't any more as it was known here.
    deps.changed();
    return deps.snapshot();
  }

  return (person, news, address) => {
    if (news.kind === 'addressTaken') return undefined;
    if (news.kind === 'invited' && !isOpen(news, deps.now().getTime())) return undefined;
    return tried.get(person) === keyOf(news) ? undefined : keep(person, news, address);
  };
}

function keyOf(news: PersonNews): string {
  return JSON.stringify(news);
}

/** Links an invitation that is still open; of several at once, one. */
async function link(
  tx: Transaction,
  person: EntraPrincipal,
  userId: string,
  address: string,
  { appendAudit, now }: NewsDeps,
): Promise<void> {
  await takeWriteTurn(tx);
  const { tenantId, objectId, verifiedEmail } = person;
  const [row] = await tx.select().from(portalUsers).where(eq(portalUsers.id, userId)).for('update');
  if (row === undefined || row.disabled || stateOf(row, now()) !== 'open') return;
  if (verifiedEmail === null || row.emailKey !== emailKey(verifiedEmail)) return;
  const others = await tx.select().from(portalUsers).where(isLinkedTo(person));
  if (others.length > 0) return;
  const linkedAt = now();
  await updateUser(tx, row, { tenantId, objectId, linkedAt, lastSignInAt: linkedAt });
  await appendAudit(tx, {
    actor: actorOf(person),
    address,
    action: 'user.linked',
    outcome: 'succeeded',
    subject: row.name,
    siteIds: [],
    after: { email: row.email, role: row.role, tenantId, objectId },
  });
}

async function keepAddress(
  tx: Transaction,
  person: EntraPrincipal,
  { userId, changedEmail }: { readonly userId: string; readonly changedEmail: string | null },
  address: string,
  { appendAudit }: NewsDeps,
): Promise<void> {
  await takeWriteTurn(tx);
  const [row] = await tx
    .select()
    .from(portalUsers)
    .where(and(eq(portalUsers.id, userId), isLinkedTo(person)))
    .for('update');
  if (row === undefined || row.changedEmail === changedEmail) return;
  await updateUser(tx, row, { changedEmail });
  await appendAudit(tx, {
    actor: actorOf(person),
    address,
    action: 'user.changed',
    outcome: 'succeeded',
    subject: row.name,
    siteIds: [],
    before: { emailAtMicrosoft: row.changedEmail ?? row.email },
    after: { emailAtMicrosoft: changedEmail ?? row.email },
  });
}

function isLinkedTo({ tenantId, objectId }: Identity) {
  return and(eq(portalUsers.tenantId, tenantId), eq(portalUsers.objectId, objectId));
}

/** Notes a sign-in that succeeded, within the transaction that records it. */
export async function noteSignIn(tx: Transaction, person: Identity, at: Date): Promise<void> {
  await tx.update(portalUsers).set({ lastSignInAt: at }).where(isLinkedTo(person));
}
