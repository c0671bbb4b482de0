import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { refusals } from '../../domain/refusal.ts';
import { actorOf } from '../http/principal.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Database } from '../storage/database.ts';
import { appendAudit } from './append.ts';

/** The same refusal again within a minute isn't another entry: nobody floods the log with one. */
const sameWithin = 60_000;

/**
 * Audits what people who are signed in were refused (R18): permissions they don't have, changes that
 * would lock somebody out. Refused sign-ins are recorded where sign-ins are.
 */
export function auditRefusedRequests(app: FastifyInstance, { db }: Pick<Database, 'db'>): void {
  const recent = new LRUCache<string, true>({ max: 10_000, ttl: sameWithin });

  async function append(request: FastifyRequest, { code }: ProblemError): Promise<void> {
    const principal = request.admitted?.principal ?? null;
    if (principal === null) return;
    const actor = actorOf(principal);
    const subject = `${request.method} ${request.routeOptions.url ?? ''}`;
    const key = `${actor.tenantId}/${actor.objectId}/${code}/${subject}`;
    if (recent.has(key)) return;
    recent.set(key, true);
    await db.transaction((tx) =>
      appendAudit(tx, {
        actor,
        address: request.ip,
        action: 'request.refused',
        outcome: 'refused',
        subject,
        siteIds: [],
        after: { code },
      }),
    );
  }

  app.addHook('onError', async (request, _reply, error: unknown) => {
    if (!(error instanceof ProblemError) || error.code in refusals) return;
    if (error.status !== 403 && error.code !== 'lockout') return;
    // The answer stays what it is, even where it can't be recorded.
    await append(request, error).catch((cause: unknown) => {
      request.log.error({ reason: String(cause) }, 'a refusal was not audited');
    });
  });
}
