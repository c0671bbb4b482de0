import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import { refusedRequest, type RefusedRequest } from './refused-request.ts';

export interface RefusedRequestsOptions {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly onError: (error: unknown) => void;
  /** Milliseconds for which the same refusal again is only counted: a minute. */
  readonly sameWithin?: number;
  /** So many different ones are counted at a time: beyond, one that came long ago is written early. */
  readonly mostCounted?: number;
}

interface Repeats {
  readonly timer: NodeJS.Timeout;
  last: RefusedRequest;
  times: number;
  readonly targets: Map<string, string>;
  readonly siteIds: Set<string>;
}

const mostNamed = 20;

/**
 * Audits what people who are signed in were refused (R18): permissions they don't have, changes that
 * would lock somebody out. The first time at once, in the background: the answer doesn't wait. What
 * the same person is refused again at the same endpoint within a minute becomes one more entry, with
 * the number: a loop fills no log. Refused sign-ins are recorded where sign-ins are.
 */
export function auditRefusedRequests(app: FastifyInstance, options: RefusedRequestsOptions): void {
  const { database, appendAudit, onError, sameWithin = 60_000, mostCounted = 10_000 } = options;
  const counted = new LRUCache<string, Repeats>({
    max: mostCounted,
    dispose(repeats) {
      clearTimeout(repeats.timer);
      if (repeats.times > 0) write(repeats.last, repeats);
    },
  });
  const writing = new Set<Promise<void>>();

  function write(refused: RefusedRequest, repeated: Repeats | null): void {
    const { actor, address, subject, siteIds } = refused;
    const written = database.db
      .transaction((tx) =>
        appendAudit(tx, {
          actor,
          address,
          action: 'request.refused',
          outcome: 'refused',
          subject,
          siteIds: repeated === null ? siteIds : [...repeated.siteIds],
          after: contentOf(refused, repeated),
        }),
      )
      .catch(onError)
      .finally(() => writing.delete(written));
    writing.add(written);
  }

  function record(refused: RefusedRequest): void {
    const { actor, method, route, code } = refused;
    const key = [actor.tenantId, actor.objectId, method, route, code].join('\n');
    const repeats = counted.get(key);
    if (repeats === undefined) {
      const timer = setTimeout(() => counted.delete(key), sameWithin).unref();
      counted.set(key, {
        timer,
        last: refused,
        times: 0,
        targets: new Map(),
        siteIds: new Set(),
      });
      write(refused, null);
      return;
    }
    repeats.last = refused;
    repeats.times += 1;
    for (const [target, name] of refused.targets) repeats.targets.set(target, name);
    for (const siteId of refused.siteIds) repeats.siteIds.add(siteId);
  }

  app.addHook('onError', (request, _reply, error: unknown, done) => {
    const refused = refusedRequest(request, error);
    if (refused !== null) record(refused);
    done();
  });
  app.addHook('onClose', async () => {
    counted.clear();
    await Promise.all(writing);
  });
}

function contentOf(refused: RefusedRequest, repeated: Repeats | null): Record<string, unknown> {
  const { code, permission, reason, method, route } = refused;
  const targets = [...(repeated ?? refused).targets.values()];
  return {
    code,
    request: `${method} ${route}`,
    ...(permission === null ? {} : { permission }),
    ...(reason === null ? {} : { reason }),
    ...(targets.length === 0 ? {} : { targets: targets.slice(0, mostNamed) }),
    ...(targets.length > mostNamed ? { moreTargets: targets.length - mostNamed } : {}),
    ...(repeated === null ? {} : { repeated: repeated.times }),
  };
}
