import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { lookUpInvitation } from '../../contract/users.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { invitationHash } from './invitation-token.ts';
import type { UserDeps } from './user-deps.ts';
import { stateOf } from './user-row.ts';

type Answer = z.output<(typeof lookUpInvitation)['response']>;

/** Whose invitation a token is; it is all that one needs to know. Throws 404 for one that isn't known. */
export async function lookUp(
  token: string,
  { database, now }: Pick<UserDeps, 'database' | 'now'>,
): Promise<Answer> {
  const [row] = await database.db
    .select()
    .from(portalUsers)
    .where(eq(portalUsers.invitationHash, invitationHash(token)));
  if (row === undefined || row.invitationExpiresAt === null) throw unknown();
  const { name, email, role, disabled, invitationExpiresAt } = row;
  const state = stateOf(row, now());
  return {
    state: disabled && state === 'open' ? 'revoked' : state,
    name,
    email,
    role,
    expiresAt: invitationExpiresAt.toISOString(),
  };
}

function unknown(): ProblemError {
  return new ProblemError(
    404,
    'invitation_unknown',
    'This invitation isn’t known: a newer link has taken its place, it was withdrawn, or the link isn’t complete. Ask whoever invited you for another one.',
  );
}
