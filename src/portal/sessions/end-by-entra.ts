import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { WebProviders } from '../http/web-providers.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import { endedBySystem } from './session-audit.ts';
import type { SessionMemory } from './session-memory.ts';
import { endSessions } from './session-store.ts';

/** A session at Entra, as front-channel logout names it. Entra leaves the issuer out. */
export interface EntraSession {
  readonly sid: string;
  readonly iss?: string | undefined;
}

export interface EndByEntraDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly providers: Pick<WebProviders, 'active'>;
  readonly memory: Pick<SessionMemory, 'drop'>;
  readonly appendAudit: AppendAudit;
  readonly now: () => Date;
}

/**
 * Ends what was opened by a session that is over at Entra (OpenID Connect Front-Channel Logout 1.0).
 * Where an issuer is told it must be the one of the session’s provider.
 */
export async function endSessionsOfEntra(
  { sid, iss }: EntraSession,
  { database, providers, memory, appendAudit, now }: EndByEntraDependencies,
): Promise<void> {
  const { db } = database;
  const open = await db
    .select({ id: portalSessions.id, providerId: portalSessions.providerId })
    .from(portalSessions)
    .where(and(eq(portalSessions.entraSessionId, sid), isNull(portalSessions.endedAt)));
  const ids: string[] = [];
  for (const { id, providerId } of open) {
    const provider = iss === undefined ? null : await providers.active(providerId);
    if (provider === null || provider.issuerUrl === iss) ids.push(id);
  }
  if (ids.length === 0) return;
  await db.transaction(async (tx) => {
    const which = inArray(portalSessions.id, ids);
    for (const ended of await endSessions(tx, which, 'signedOutElsewhere', now())) {
      await appendAudit(tx, endedBySystem(ended, 'signedOutElsewhere'));
    }
  });
  memory.drop(ids);
}
