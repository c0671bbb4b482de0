import { and, eq, gt } from 'drizzle-orm';
import type { VerificationCheck } from '../../contract/provider-verification.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import type { Role } from '../../domain/role.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { recoverySessions } from '../storage/recovery-schema.ts';
import { portalAccess as portalAccessTable } from '../storage/schema.ts';
import { failed } from './checks.ts';
import type { ExpectedPerson } from './person-check.ts';

/** Who began a verification, as its row says. */
interface Begun {
  readonly expected: ExpectedPerson;
  readonly recoverySession: Buffer | null;
}

/**
 * R15: a verification is answered minutes after it was begun, and by nobody's session. R9: nobody
 * takes Admin from themself. The check that fails where whoever began it is Admin no more, or
 * wouldn't be with `portalAccess`; null where they are. R17: a recovery session is Admin until it ends.
 */
export async function formerAdminCheck(
  tx: Transaction,
  { expected, recoverySession }: Begun,
  portalAccess: GroupMapping | null,
  at: Date,
): Promise<VerificationCheck | null> {
  if (expected === null) {
    if (recoverySession !== null && (await goesOn(tx, recoverySession, at))) return null;
    return failed(
      'person',
      'The recovery session that this was begun in has ended, or Gatehouse was updated meanwhile, so nothing was activated. Open another one, or let an Admin select Verify Integration.',
    );
  }
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

async function goesOn(tx: Transaction, recoverySession: Buffer, at: Date): Promise<boolean> {
  const rows = await tx
    .select({ endsAt: recoverySessions.endsAt })
    .from(recoverySessions)
    .where(
      and(
        eq(recoverySessions.idHash, recoverySession),
        eq(recoverySessions.closed, false),
        gt(recoverySessions.endsAt, at),
      ),
    );
  return rows.length > 0;
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
