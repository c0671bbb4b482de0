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
}

export interface RefusedSignIns {
  readonly record: (error: WebSignInError, provider: WebProvider, address: string) => void;
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

/** So that nobody fills memory. */
const mostCounted = 10_000;

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
  const { database, appendAudit, onError, sameWithin = 60_000 } = options;
  const counted = new Map<string, Counted>();
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

  function finish(key: string): void {
    const known = counted.get(key);
    counted.delete(key);
    if (known !== undefined && known.times > 0) write(known.refused, known.times);
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
      if (counted.size >= mostCounted) return;
      const refused = { code, aadsts, providerName, address };
      const timer = setTimeout(() => finish(key), sameWithin).unref();
      counted.set(key, { refused, timer, times: 0 });
      write(refused, 0);
    },
    async close() {
      for (const [key, { timer }] of counted) {
        clearTimeout(timer);
        finish(key);
      }
      await Promise.all(writing);
    },
  };
}
