import { eq } from 'drizzle-orm';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { PortalAccess } from '../../contract/portal-access.ts';
import { mappedRole, type GroupMapping } from '../../domain/group-mapping.ts';
import { afterChange, losesLastWayIn, waysIn } from '../../domain/ways-in.ts';
import type { AdminWays } from '../http/admin-ways.ts';
import type { Asker } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import { ProblemError, staleRevision } from '../../server/problem-error.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { portalAccess, type StoredActor } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';

type Row = typeof portalAccess.$inferSelect;

export async function readPortalAccess({ db }: Pick<Database, 'db'>): Promise<PortalAccess> {
  const [row] = await db.select().from(portalAccess);
  return shown(requireRow(row));
}

export interface PortalAccessChange {
  readonly permissions: GroupMapping;
  readonly ifMatch: string | null;
  readonly asker: Asker;
  readonly address: string;
}

export interface PortalAccessDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly adminWays: AdminWays;
}

/** Replaces portal access whole. Throws 412 for a stale revision (R7), 409 `lockout` (R9). */
export async function changePortalAccess(
  change: PortalAccessChange,
  { database, appendAudit, adminWays }: PortalAccessDependencies,
): Promise<PortalAccess> {
  const { asker, address, ifMatch } = change;
  const permissions = normalised(change.permissions);
  return database.db.transaction(async (tx) => {
    const current = await stillAllowed(tx, asker, await takeWriteTurn(tx), 'portalAccess.edit');
    const [found] = await tx.select().from(portalAccess).for('update');
    const before = requireRow(found);
    if (String(before.revision) !== ifMatch) throw staleRevision(shown(before));
    await requireWayIn(tx, permissions, adminWays);
    requireOwnAdmin(permissions, current);
    const actor = actorOf(asker.principal);
    const after = await replacePortalAccess(tx, permissions, actor);
    await appendAudit(tx, {
      actor,
      address,
      action: 'portalAccess.changed',
      outcome: 'succeeded',
      subject: 'Portal access',
      siteIds: [],
      before: before.permissions,
      after: permissions,
    });
    return shown(after);
  });
}

/** Puts portal access in force within a transaction. Audit and R9 are the caller's. */
export async function replacePortalAccess(
  tx: Transaction,
  permissions: GroupMapping,
  changedBy: StoredActor,
): Promise<Row> {
  const [before] = await tx.select().from(portalAccess).for('update');
  const revision = requireRow(before).revision + 1;
  const [after] = await tx
    .update(portalAccess)
    .set({ permissions: normalised(permissions), revision, changedAt: new Date(), changedBy })
    .where(eq(portalAccess.id, 1))
    .returning();
  await bumpRevision(tx, 'access');
  return requireRow(after);
}

/**
 * R9: somebody can still come in as Admin, by a group or as a portal user. While there is no provider
 * yet nobody can anyway.
 */
async function requireWayIn(
  tx: Transaction,
  { admin }: GroupMapping,
  adminWays: AdminWays,
): Promise<void> {
  const before = await adminWays.read(tx);
  const after = afterChange(before, { adminGroups: admin });
  const someone = waysIn(after).length > 0 && !losesLastWayIn(before, after);
  if (after.providers.length === 0 || someone) return;
  throw lockout(
    'last_way_in',
    'No group would give Admin, and no portal user who has signed in is Admin: nobody could administer the portal.',
  );
}

/** R9: nobody takes Admin from themself. A recovery session has no groups to lose. */
function requireOwnAdmin(permissions: GroupMapping, { principal, portalUser }: Asker): void {
  if (principal.kind === 'recovery' || portalUser?.role === 'admin') return;
  if (mappedRole(permissions, principal.groups)?.role !== 'admin') {
    throw lockout(
      'own_admin_lost',
      'None of your own groups would give Admin any more. Somebody else who stays Admin can do this, or a recovery session.',
    );
  }
}

function lockout(reason: string, detail: string): ProblemError {
  return new ProblemError(409, 'lockout', detail, {
    details: { reason },
    errors: [{ path: '/permissions/admin', code: reason, message: detail }],
  });
}

function normalised(mapping: GroupMapping): GroupMapping {
  const list = (role: keyof GroupMapping) =>
    mapping[role].map(({ id, displayName }) => ({
      id: id.toLowerCase(),
      displayName: displayName?.normalize('NFC') ?? null,
    }));
  return {
    admin: list('admin'),
    securityAnalyst: list('securityAnalyst'),
    readOnly: list('readOnly'),
  };
}

function shown({ permissions, revision, changedAt, changedBy }: Row): PortalAccess {
  const untouched = revision === 1;
  return {
    permissions: mappingAnswer(permissions),
    revision: String(revision),
    changedAt: untouched ? null : changedAt.toISOString(),
    changedBy: untouched ? null : changedBy.name,
  };
}

function requireRow(row: Row | undefined): Row {
  if (row === undefined) throw new Error('portal_access has lost its row');
  return row;
}
