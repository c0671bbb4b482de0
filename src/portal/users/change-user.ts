import { asc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { changeUser, PortalUser } from '../../contract/users.ts';
import { changesStanding, isAdmin, type UserStanding } from '../../domain/portal-user.ts';
import { ProblemError, staleRevision } from '../../server/problem-error.ts';
import type { Asker, By } from '../http/asker.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import type { UserDeps } from './user-deps.ts';
import { identityOf, isOwn, requireUser, shownUser, updateUser, type UserRow } from './user-row.ts';
import { inUserTurn } from './user-turn.ts';

/** By name; who has the same, by address. */
export async function readUsers(asker: Asker, deps: UserDeps): Promise<PortalUser[]> {
  const rows = await deps.database.db
    .select()
    .from(portalUsers)
    .orderBy(asc(sql`lower(${portalUsers.name})`), asc(portalUsers.emailKey));
  const now = deps.now();
  return rows.map((row) => shownUser(row, asker.principal, now));
}

type Wish = z.output<(typeof changeUser)['body']>;

/**
 * Changes name, role, and whether somebody may sign in. Throws 412 for a stale revision (R7), 403
 * `own_user` and 409 `lockout` (R9).
 */
export async function change(
  {
    userId,
    ifMatch,
    asker,
    address,
    ...wish
  }: Wish & By & { readonly userId: string; readonly ifMatch: string | null },
  deps: UserDeps,
): Promise<PortalUser> {
  const after = { name: wish.name.normalize('NFC'), role: wish.role, disabled: wish.disabled };
  const shown = (row: UserRow) => shownUser(row, asker.principal, deps.now());
  const answer = await inUserTurn({ asker, address }, deps, async ({ tx, audit }) => {
    const row = await requireUser(tx, userId);
    if (String(row.revision) !== ifMatch) throw staleRevision(shown(row));
    const renamed = row.name !== after.name || row.role !== after.role;
    if (!renamed && row.disabled === after.disabled) return shown(row);
    await requireMay(tx, row, after, asker, deps);
    const changed = await updateUser(tx, row, after);
    if (after.disabled) await endSessions(tx, row, deps);
    if (renamed) {
      await audit('user.changed', row.name, {
        before: { name: row.name, role: row.role },
        after: { name: after.name, role: after.role },
      });
    }
    if (row.disabled !== after.disabled) {
      const action = after.disabled ? 'user.disabled' : 'user.enabled';
      await audit(action, row.name, { after: { email: row.email } });
    }
    return shown(changed);
  });
  if (after.disabled) deps.sessionEnds.committed();
  return answer;
}

/** Throws 404, 403 `own_user` and 409 `lockout` (R9). */
export async function remove(
  { userId, ...by }: By & { readonly userId: string },
  deps: UserDeps,
): Promise<void> {
  await inUserTurn(by, deps, async ({ tx, audit }) => {
    const row = await requireUser(tx, userId);
    await requireMay(tx, row, null, by.asker, deps);
    await tx.delete(portalUsers).where(eq(portalUsers.id, row.id));
    await bumpRevision(tx, 'access');
    await endSessions(tx, row, deps);
    const { name, email, role, disabled } = row;
    await audit('user.deleted', name, {
      before: { email, role, disabled, linked: identityOf(row) },
    });
  });
  deps.sessionEnds.committed();
}

async function requireMay(
  tx: Transaction,
  row: UserRow,
  after: UserStanding | null,
  { principal }: Asker,
  { adminWays }: UserDeps,
): Promise<void> {
  if (!changesStanding(row, after)) return;
  if (isOwn(row, principal)) {
    throw new ProblemError(
      403,
      'own_user',
      'Nobody changes their own role, disables or deletes themself. Another Admin can do it.',
    );
  }
  if (isAdmin(row) && !isAdmin(after)) await adminWays.require(tx, { withoutUser: row.id });
}

/**
 * Their role is gone already, it is judged by each request; this closes what is open in a browser.
 * Before it is audited: whoever signs out locks their session first, too.
 */
async function endSessions(tx: Transaction, row: UserRow, deps: UserDeps): Promise<void> {
  const identity = identityOf(row);
  if (identity !== null) await deps.sessionEnds.ofPerson(tx, identity);
}
