import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { inviteUser, PortalUser } from '../../contract/users.ts';
import { emailKey } from '../../domain/email-key.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Asker, By } from '../http/asker.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { requireFreeAddress } from './free-address.ts';
import { invitationLink, newInvitation } from './invitation-token.ts';
import type { UserDeps } from './user-deps.ts';
import { requireUser, shownUser, stateOf, updateUser, type UserRow } from './user-row.ts';
import { inUserTurn } from './user-turn.ts';

export interface Invited {
  readonly user: PortalUser;
  /** Shown once: only its hash is kept. */
  readonly invitationLink: string;
}

/** Invites somebody. Throws 409 `address_in_use` for an address that is somebody's already. */
export async function invite(
  wish: z.output<(typeof inviteUser)['body']> & By,
  deps: UserDeps,
): Promise<Invited> {
  const { asker, address, role } = wish;
  const name = wish.name.normalize('NFC');
  const createdAt = deps.now();
  const { token, stored } = newInvitation(createdAt);
  const row = await inUserTurn({ asker, address }, deps, async ({ tx, actor, audit }) => {
    const freed = await requireFreeAddress(tx, wish.email);
    const key = { email: wish.email, emailKey: emailKey(wish.email) };
    const [added] = await tx
      .insert(portalUsers)
      .values({ name, ...key, role, ...stored, ...unsent(deps), createdAt, createdBy: actor })
      .returning();
    if (added === undefined) throw new Error('a portal user was not stored');
    await bumpRevision(tx, 'access');
    if (freed !== null) {
      const { holder, before, after } = freed;
      await audit('user.changed', holder, { before, after });
    }
    await audit('user.invited', name, {
      after: { email: wish.email, role, expiresAt: stored.invitationExpiresAt },
    });
    return added;
  });
  return sent(row, token, asker, deps);
}

/** Makes another link; the one before is no good any more. Throws 404, 409. */
export async function resend(
  { userId, ...by }: { readonly userId: string } & By,
  deps: UserDeps,
): Promise<Invited> {
  const { token, stored } = newInvitation(deps.now());
  const row = await inUserTurn(by, deps, async ({ tx, audit }) => {
    const before = await requireUnlinked(tx, userId, deps);
    if (before.disabled) throw disabled();
    const after = await updateUser(tx, before, { ...stored, ...unsent(deps) });
    await audit('invitation.resent', before.name, {
      after: { email: before.email, expiresAt: stored.invitationExpiresAt },
    });
    return after;
  });
  return sent(row, token, by.asker, deps);
}

/** Throws 404, and 409 for who has come in already: they are disabled or deleted instead. */
export async function revoke(
  { userId, ...by }: { readonly userId: string } & By,
  deps: UserDeps,
): Promise<void> {
  await inUserTurn(by, deps, async ({ tx, audit }) => {
    const row = await requireUnlinked(tx, userId, deps);
    if (row.invitationRevokedAt !== null) return;
    await updateUser(tx, row, { invitationRevokedAt: deps.now() });
    await audit('invitation.revoked', row.name, {
      before: { email: row.email, expiresAt: row.invitationExpiresAt },
    });
  });
}

/** What is kept until the mail server has answered: the portal could stop before that. */
function unsent({ sendInvitation }: UserDeps): Pick<UserRow, 'invitationMail'> {
  return {
    invitationMail:
      sendInvitation === null ? null : 'the portal stopped before the mail server answered',
  };
}

async function sent(
  row: UserRow,
  token: string,
  { principal }: Asker,
  deps: UserDeps,
): Promise<Invited> {
  const link = invitationLink(deps.publicUrl, token);
  const { name, email, role, invitationExpiresAt, invitationHash } = row;
  let user = shownUser(row, principal, deps.now());
  if (deps.sendInvitation !== null && invitationExpiresAt !== null && invitationHash !== null) {
    const invitation = { name, email, role, link, expiresAt: invitationExpiresAt };
    const invitationMail = await deps.sendInvitation({ ...invitation, invitedBy: principal.name });
    await deps.database.db
      .update(portalUsers)
      .set({ invitationMail })
      // Another one may have been made meanwhile.
      .where(and(eq(portalUsers.id, row.id), eq(portalUsers.invitationHash, invitationHash)));
    user = shownUser({ ...row, invitationMail }, principal, deps.now());
  }
  return { user, invitationLink: link };
}

async function requireUnlinked(tx: Transaction, userId: string, deps: UserDeps): Promise<UserRow> {
  const row = await requireUser(tx, userId);
  if (stateOf(row, deps.now()) !== 'used') return row;
  throw new ProblemError(
    409,
    'invitation_used',
    `${row.name} has come in by an invitation already. To keep them out, disable or delete them.`,
  );
}

function disabled(): ProblemError {
  return new ProblemError(
    409,
    'user_is_disabled',
    'A disabled user can’t come in by an invitation. Enable them first.',
  );
}
