import { eq, isNotNull, or } from 'drizzle-orm';
import { emailKey } from '../../domain/email-key.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { updateUser, type UserRow } from './user-row.ts';

/** An address that its holder has left, for the audit log. */
interface Freed {
  readonly holder: string;
  readonly before: { readonly email: string };
  readonly after: { readonly email: string };
}

/**
 * Throws 409 `address_in_use` for an address that is a portal user's: by their invitation, or because
 * Microsoft tells it of them now. One that a linked user has left, so that somebody else may have it
 * now, becomes free: their identity is what counts, and they are shown with their new one. The entry
 * that says so is the caller's to append, after all that they write themself.
 */
export async function requireFreeAddress(tx: Transaction, email: string): Promise<Freed | null> {
  const key = emailKey(email);
  const rows = await tx
    .select()
    .from(portalUsers)
    .where(or(eq(portalUsers.emailKey, key), isNotNull(portalUsers.changedEmail)));
  const newKey = (row: UserRow) => (row.changedEmail === null ? null : emailKey(row.changedEmail));
  const now = rows.find((row) => newKey(row) === key);
  if (now !== undefined) throw inUse(email, now, 'is the address that Microsoft tells now of');
  const holder = rows.find((row) => row.emailKey === key);
  if (holder === undefined) return null;
  const changedKey = newKey(holder);
  if (changedKey === null || holder.changedEmail === null || (await isSomebodys(tx, changedKey))) {
    throw inUse(email, holder, 'is the address of');
  }
  const { changedEmail } = holder;
  await updateUser(tx, holder, { email: changedEmail, emailKey: changedKey, changedEmail: null });
  return {
    holder: holder.name,
    before: { email: holder.email },
    after: { email: changedEmail },
  };
}

async function isSomebodys(tx: Transaction, key: string): Promise<boolean> {
  const rows = await tx
    .select({ id: portalUsers.id })
    .from(portalUsers)
    .where(eq(portalUsers.emailKey, key));
  return rows.length > 0;
}

function inUse(email: string, { id, name }: UserRow, what: string): ProblemError {
  const message = `${what} ${name}, who is a portal user already`;
  return new ProblemError(409, 'address_in_use', `${email} ${message}.`, {
    details: { userId: id },
    errors: [{ path: '/email', code: 'address_in_use', message }],
  });
}
