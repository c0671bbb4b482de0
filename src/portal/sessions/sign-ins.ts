import { and, desc, eq, lt, type SQL } from 'drizzle-orm';
import { listSignIns, type SignIn } from '../../contract/activity.ts';
import { roleAllows } from '../../domain/permissions.ts';
import type { Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import { readCursor } from '../http/cursor.ts';
import type { Database } from '../storage/database.ts';
import { signIns } from '../storage/schema.ts';

export interface Page {
  readonly limit: number;
  readonly before?: string | undefined;
}

/**
 * Sign-ins to the portal, newest first. They belong to no site: all of them are for people who may
 * see activity by their portal role; others see their own.
 */
export async function findSignIns(
  { db }: Pick<Database, 'db'>,
  asker: Asker,
  { limit, before }: Page,
): Promise<{ signIns: SignIn[]; next: string | null }> {
  const rows = await db
    .select()
    .from(signIns)
    .where(
      and(before === undefined ? undefined : lt(signIns.id, readCursor(before)), visible(asker)),
    )
    .orderBy(desc(signIns.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    signIns: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      actor: { kind: row.kind, name: row.name, objectId: row.objectId },
      address: row.address,
      outcome: row.outcome,
      code: row.code,
      portalRole: row.portalRole,
    })),
    next: rows.length > limit && last !== undefined ? String(last.id) : null,
  };
}

function visible({ principal, portalRole }: Asker): SQL | undefined {
  if (roleAllows(portalRole, 'activity.view') || principal.kind === 'recovery') return undefined;
  return and(eq(signIns.tenantId, principal.tenantId), eq(signIns.objectId, principal.objectId));
}

export function signInRoutes(database: Pick<Database, 'db'>): Routes {
  return (serve) => {
    serve(listSignIns, ({ asker, query }) => findSignIns(database, asker, query));
  };
}
