import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { inviteUser, PortalUser } from '../../contract/users.ts';
import { emailKey } from '../../domain/email-key.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { requireFreeAddress } from './free-address.ts';
import { invitationLink, newInvitation } from './invitation-token.ts';
import type { By, UserDeps } from './user-deps.ts';
import { requireUser, shownUser, stateOf, updateUser, type UserRow } from './user-row.ts';

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
  const row = await deps.database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'user.edit');
    const createdBy = actorOf(asker.principal);
    const freed = await requireFreeAddress(tx, wish.email, { actor: createdBy, address });
    const key = { email: wish.email, emailKey: emailKey(wish.email) };
    const [added] = await tx
      .insert(portalUsers)
      .values({ name, ...key, role, ...stored, ...unsent(deps), createdAt, createdBy })
      .returning();
    if (added === undefined) throw new Error('a portal user was not stored');
    await bumpRevision(tx, 'access');
    if (freed !== null) await deps.appendAudit(tx, freed);
    await deps.appendAudit(tx, {
      actor: createdBy,
      address,
      action: 'user.invited',
      outcome: 'succeeded',
      subject: name,
      siteIds: [],
      after: { email: wish.email, role, expiresAt: stored.invitationExpiresAt },
    });
    return added;
  });
  return sent(row, token, wish, deps);
}

/** Makes another link; the one before is no good any more. Throws 404, 409. */
export async function resend(
  { userId, asker, address }: { readonly userId: string } & By,
  deps: UserDeps,
): Promise<Invited> {
  const { token, stored } = newInvitation(deps.now());
  const row = await deps.database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'user.edit');
    const before = await requireUnlinked(tx, userId, deps);
    if (before.disabled) throw disabled();
    const after = await updateUser(tx, before, { ...stored, ...unsent(deps) });
    await deps.appendAudit(tx, {
      actor: actorOf(asker.principal),
      address,
      action: 'invitation.resent',
      outcome: 'succeeded',
      subject: before.name,
      siteIds: [],
      after: { email: before.email, expiresAt: stored.invitationExpiresAt },
    });
    return after;
  });
  return sent(row, token, { asker, address }, deps);
}

/** Throws 404, and 409 for who has come in already: they are disabled or deleted instead. */
export async function revoke(
  { userId, asker, address }: { readonly userId: string } & By,
  deps: UserDeps,
): Promise<void> {
  await deps.database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'user.edit');
    const row = await requireUnlinked(tx, userId, deps);
    if (row.invitationRevokedAt !== null) return;
    await updateUser(tx, row, { invitationRevokedAt: deps.now() });
    await deps.appendAudit(tx, {
      actor: actorOf(asker.principal),
      address,
      action: 'invitation.revoked',
      outcome: 'succeeded',
      subject: row.name,
      siteIds: [],
      before: { email: row.email, expiresAt: row.invitationExpiresAt },
    });
  });
  deps.changed();
}

/** What is kept until the mail server has answered: the portal could stop before that. */
function unsent({ sendInvitation }: UserDeps): Pick<UserRow, 'invitationMail'> {
  return {
    invitationMail:
      sendInvitation === null ? null : 'the portal stopped before the mail server answered',
  };
}

async function sent(row: UserRow, token: string, by: By, deps: UserDeps): Promise<Invited> {
  deps.changed();
  const { principal } = by.asker;
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
