import { and, arrayOverlaps, desc, lt, type SQL } from 'drizzle-orm';
import { listAuditEvents, type AuditEvent } from '../../contract/activity.ts';
import { roleAllows } from '../../domain/permissions.ts';
import type { Asker } from '../http/asker.ts';
import { readCursor } from '../http/cursor.ts';
import type { Routes } from '../http/serve.ts';
import type { Database } from '../storage/database.ts';
import { auditEvents } from '../storage/schema.ts';

export interface Page {
  readonly limit: number;
  readonly before?: string | undefined;
}

/**
 * Changes and refusals, newest first. Without a portal role one sees those of the sites where one
 * may see activity; what was there before and after only where it is about no other site (R10).
 */
export async function findAuditEvents(
  { db }: Pick<Database, 'db'>,
  asker: Asker,
  { limit, before }: Page,
): Promise<{ events: AuditEvent[]; next: string | null }> {
  const seesAll = roleAllows(asker.portalRole, 'activity.view');
  const sites = seesAll ? new Set<string>() : visibleSites(asker);
  if (!seesAll && sites.size === 0) return { events: [], next: null };
  const scope: SQL | undefined = seesAll
    ? undefined
    : arrayOverlaps(auditEvents.siteIds, [...sites]);
  const rows = await db
    .select()
    .from(auditEvents)
    .where(
      and(before === undefined ? undefined : lt(auditEvents.sequence, readCursor(before)), scope),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    events: page.map((row) => {
      const whole = seesAll || row.siteIds.every((id) => sites.has(id));
      return {
        sequence: row.sequence,
        at: row.at.toISOString(),
        actor: { kind: row.actor.kind, name: row.actor.name, objectId: row.actor.objectId },
        address: row.address,
        action: row.action,
        outcome: row.outcome,
        subject: row.subject,
        before: whole ? row.before : null,
        after: whole ? row.after : null,
        hash: row.hash,
      };
    }),
    next: rows.length > limit && last !== undefined ? String(last.sequence) : null,
  };
}

function visibleSites(asker: Asker): Set<string> {
  const ids = [...asker.snapshot.sites.keys()];
  return new Set(ids.filter((siteId) => asker.allows('activity.view', { siteId })));
}

export function auditRoutes(database: Pick<Database, 'db'>): Routes {
  return (serve) => {
    serve(listAuditEvents, ({ asker, query }) => findAuditEvents(database, asker, query));
  };
}
