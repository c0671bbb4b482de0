import { and, eq } from 'drizzle-orm';
import type { VerificationCheck } from '../../contract/provider-verification.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import type { Role } from '../../domain/role.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { portalAccess as portalAccessTable } from '../storage/schema.ts';
import { failed } from './checks.ts';
import type { ExpectedPerson } from './person-check.ts';

/**
 * R15: a verification is answered minutes after it was begun, and by nobody's session. R9: nobody
 * takes Admin from themself. The check that fails where whoever began it is Admin no more, or
 * wouldn't be with `portalAccess`; null where they are, or it was begun in a recovery session.
 */
export async function formerAdminCheck(
  tx: Transaction,
  expected: ExpectedPerson,
  portalAccess: GroupMapping | null,
): Promise<VerificationCheck | null> {
  if (expected === null) return null;
  const user = await portalUserOf(tx, expected);
  const [now] = await tx.select().from(portalAccessTable);
  const isAdmin = ({ admin }: GroupMapping) =>
    user?.disabled !== true &&
    (user?.role === 'admin' ||
      admin.some(({ id }) => expected.adminGroups.includes(id.toLowerCase())));
  if (!isAdmin(now?.permissions ?? emptyMapping)) {
    return failed(
      'person',
      'Whoever began this isn’t Admin any more, so nothing was activated. An Admin can select Verify Integration.',
    );
  }
  if (portalAccess === null || isAdmin(portalAccess)) return null;
  return failed(
    'person',
    'None of your own groups would give Admin any more. Enter one of them as Admin, or let somebody else who stays Admin verify it.',
  );
}

async function portalUserOf(
  tx: Transaction,
  { tenantId, objectId }: NonNullable<ExpectedPerson>,
): Promise<{ readonly role: Role; readonly disabled: boolean } | undefined> {
  const [user] = await tx
    .select({ role: portalUsers.role, disabled: portalUsers.disabled })
    .from(portalUsers)
    .where(and(eq(portalUsers.tenantId, tenantId), eq(portalUsers.objectId, objectId)));
  return user;
}
