import { eq } from 'drizzle-orm';
import type { PortalUser } from '../../contract/users.ts';
import { isGuid } from '../../domain/guid.ts';
import { invitationState, type InvitationState } from '../../domain/portal-user.ts';
import { notFound } from '../../server/problem-error.ts';
import type { Principal } from '../http/principal.ts';
import type { Drizzle, Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import type { Identity } from './user-deps.ts';

export type UserRow = typeof portalUsers.$inferSelect;

/** Throws 404. */
export async function requireUser(db: Pick<Drizzle, 'select'>, userId: string): Promise<UserRow> {
  if (!isGuid(userId)) throw notFound('user');
  const [row] = await db.select().from(portalUsers).where(eq(portalUsers.id, userId));
  if (row === undefined) throw notFound('user');
  return row;
}

/** Changes what is stored of a user, under the write turn; its revision rises. */
export async function updateUser(
  tx: Transaction,
  row: UserRow,
  change: Partial<UserRow>,
): Promise<UserRow> {
  const [after] = await tx
    .update(portalUsers)
    .set({ ...change, revision: row.revision + 1 })
    .where(eq(portalUsers.id, row.id))
    .returning();
  if (after === undefined) throw new Error('a portal user is gone within their own change');
  await bumpRevision(tx, 'access');
  return after;
}

/** Null: invited only. */
export function identityOf({ tenantId, objectId }: UserRow): Identity | null {
  return tenantId === null || objectId === null ? null : { tenantId, objectId };
}

export function isOwn(row: UserRow, principal: Principal): boolean {
  return (
    principal.kind === 'entra' &&
    row.tenantId === principal.tenantId &&
    row.objectId === principal.objectId
  );
}

/** The state of a user's invitation; of a disabled one it is no good. */
export function stateOf(row: UserRow, now: Date): InvitationState {
  return invitationState(
    {
      linked: identityOf(row) !== null,
      revoked: row.invitationRevokedAt !== null,
      expiresAt: row.invitationExpiresAt?.getTime() ?? 0,
    },
    now.getTime(),
  );
}

export function shownUser(row: UserRow, principal: Principal, now: Date): PortalUser {
  const identity = identityOf(row);
  return {
    id: row.id,
    revision: String(row.revision),
    name: row.name,
    email: row.email,
    role: row.role,
    status: row.disabled ? 'disabled' : identity === null ? 'invited' : 'active',
    linked:
      identity === null
        ? null
        : {
            ...identity,
            at: (row.linkedAt ?? row.createdAt).toISOString(),
            changedEmail: row.changedEmail,
          },
    invitation: shownInvitation(row, now),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy.name,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    you: isOwn(row, principal),
  };
}

function shownInvitation(row: UserRow, now: Date): PortalUser['invitation'] {
  const state = stateOf(row, now);
  if (state === 'used' || row.invitationExpiresAt === null) return null;
  return {
    state,
    expiresAt: row.invitationExpiresAt.toISOString(),
    mail: row.invitationMail,
  };
}
