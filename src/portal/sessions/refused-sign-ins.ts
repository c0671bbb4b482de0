import { LRUCache } from 'lru-cache';
import type { WebSignInFailure } from '../../domain/web-sign-in.ts';
import type { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { WebProvider } from '../http/web-providers.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import type { StoredActor } from '../storage/schema.ts';

export interface RefusedSignInsOptions {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly onError: (error: unknown) => void;
  /** Milliseconds for which the same refusal again is only counted: a minute. */
  readonly sameWithin?: number;
  /** So many different ones are counted at a time: beyond, one that came long ago is written early. */
  readonly mostCounted?: number;
}

export interface RefusedSignIns {
  readonly record: (
    error: WebSignInError,
    provider: Pick<WebProvider, 'id' | 'name'>,
    address: string,
  ) => void;
  /** Writes what was only counted so far. */
  readonly close: () => Promise<void>;
}

/** What Entra had to take part in. The others, any browser can bring about by itself. */
const audited: ReadonlySet<WebSignInFailure> = new Set([
  'wrong_tenant',
  'id_token_invalid',
  'credential_refused',
]);

/** Whoever it was, Entra didn't vouch for them to us: nobody is named. */
const unknown: StoredActor = { kind: 'entra', name: 'Unknown', tenantId: null, objectId: null };

interface Refused {
  readonly code: WebSignInFailure;
  readonly aadsts: number | null;
  readonly providerName: string;
  readonly address: string;
}

interface Counted {
  readonly refused: Refused;
  readonly timer: NodeJS.Timeout;
  times: number;
}

/**
 * Audits sign-ins by a web application that were refused before it was known whose they are (R18).
 * The first time at once, in the background. The same from the same address within a minute becomes
 * one more entry, with the number: a loop fills no log.
 */
export function createRefusedSignIns(options: RefusedSignInsOptions): RefusedSignIns {
  const { database, appendAudit, onError, sameWithin = 60_000, mostCounted = 10_000 } = options;
  const counted = new LRUCache<string, Counted>({
    max: mostCounted,
    dispose({ refused, timer, times }) {
      clearTimeout(timer);
      if (times > 0) write(refused, times);
    },
  });
  const writing = new Set<Promise<void>>();

  function write(refused: Refused, repeated: number): void {
    const { code, aadsts, providerName, address } = refused;
    const written = database.db
      .transaction((tx) =>
        appendAudit(tx, {
          actor: unknown,
          address,
          action: 'signIn.refused',
          outcome: 'refused',
          subject: `Somebody, by ${providerName}`,
          siteIds: [],
          after: {
            code,
            ...(aadsts === null ? {} : { aadsts }),
            providerName,
            ...(repeated === 0 ? {} : { repeated }),
          },
        }),
      )
      .catch(onError)
      .finally(() => writing.delete(written));
    writing.add(written);
  }

  return {
    record(error, { id, name: providerName }, address) {
      const { code, byBrowser } = error;
      if (byBrowser || !audited.has(code)) return;
      const { aadsts } = error.said;
      const key = [id, address, code, aadsts].join('\n');
      const known = counted.get(key);
      if (known !== undefined) {
        known.times += 1;
        return;
      }
      const refused = { code, aadsts, providerName, address };
      const timer = setTimeout(() => counted.delete(key), sameWithin).unref();
      counted.set(key, { refused, timer, times: 0 });
      write(refused, 0);
    },
    async close() {
      counted.clear();
      await Promise.all(writing);
    },
  };
}
