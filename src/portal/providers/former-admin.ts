import { and, eq } from 'drizzle-orm';
import type { VerificationCheck } from '../../contract/provider-verification.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { portalAccess } from '../storage/schema.ts';
import { failed } from './checks.ts';
import type { ExpectedPerson } from './person-check.ts';

/**
 * R15: a verification is answered minutes after it was begun, and by nobody's session. The check that
 * fails where whoever began it is Admin no more; null where they are, or it was begun in a recovery
 * session.
 */
export async function formerAdminCheck(
  tx: Transaction,
  expected: ExpectedPerson,
): Promise<VerificationCheck | null> {
  if (expected === null || (await isAdminNow(tx, expected))) return null;
  return failed(
    'person',
    'Whoever began this isn’t Admin any more, so nothing was activated. An Admin can select Verify Integration.',
  );
}

async function isAdminNow(
  tx: Transaction,
  { tenantId, objectId, adminGroups }: NonNullable<ExpectedPerson>,
): Promise<boolean> {
  const [user] = await tx
    .select({ role: portalUsers.role, disabled: portalUsers.disabled })
    .from(portalUsers)
    .where(and(eq(portalUsers.tenantId, tenantId), eq(portalUsers.objectId, objectId)));
  if (user?.disabled === true) return false;
  if (user?.role === 'admin') return true;
  const [access] = await tx.select({ permissions: portalAccess.permissions }).from(portalAccess);
  const admin = access?.permissions.admin ?? [];
  return admin.some(({ id }) => adminGroups.includes(id.toLowerCase()));
}
