import { LRUCache } from 'lru-cache';
import type { SignInOutcome } from '../http/guard.ts';
import { actorOf } from '../http/principal.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { signIns } from '../storage/schema.ts';

export interface SignInRecorder {
  /** Records how a sign-in ended, once. Undefined when that has been done. */
  readonly record: (outcome: SignInOutcome) => Promise<void> | undefined;
  /** Records what still waits. */
  readonly close: () => Promise<void>;
}

export interface SignInRecorderOptions {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  /** What a provider is called; null where it is gone. */
  readonly providerName: (providerId: string) => Promise<string | null>;
  /** Told of a sign-in that succeeded, within the transaction that records it. */
  readonly noteSignIn?: (
    tx: Transaction,
    person: { readonly tenantId: string; readonly objectId: string },
    at: Date,
  ) => Promise<void>;
  /**
   * Milliseconds before `groups_incomplete` counts as a refusal: the page answers it by completing
   * the list (R11), and then nobody was refused.
   */
  readonly patience?: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Writes sign-ins, and audits refusals (R18): one of each kind for each sign-in. A reload, another
 * tab or a renewed token isn't another sign-in (AccessToken.signInId says what is).
 */
export function createSignInRecorder(options: SignInRecorderOptions): SignInRecorder {
  const { database, appendAudit, providerName, noteSignIn, patience = 30_000, onError } = options;
  const recorded = new LRUCache<string, true>({ max: 50_000 });
  const waiting = new Map<string, { timer: NodeJS.Timeout; write: () => Promise<void> }>();

  async function write(outcome: SignInOutcome, signInKey: string): Promise<void> {
    const { identification, refusal, portalRole } = outcome;
    const { principal } = identification;
    const address = outcome.address();
    const actor = actorOf(principal);
    const providerId = principal.kind === 'entra' ? principal.providerId : null;
    const name = providerId === null ? null : await providerName(providerId);
    const result = refusal === null ? 'succeeded' : 'refused';
    await database.db.transaction(async (tx) => {
      const added = await tx
        .insert(signIns)
        .values({
          tenantId: actor.tenantId,
          objectId: actor.objectId,
          name: actor.name,
          kind: actor.kind,
          signInKey,
          address,
          outcome: result,
          code: refusal?.code ?? null,
          portalRole,
          providerId,
          providerName: name,
        })
        .onConflictDoNothing()
        .returning({ at: signIns.at });
      const [recordedNow] = added;
      if (recordedNow === undefined) return;
      if (refusal === null) {
        if (principal.kind === 'entra') await noteSignIn?.(tx, principal, recordedNow.at);
        return;
      }
      await appendAudit(tx, {
        actor,
        address,
        action: 'signIn.refused',
        outcome: 'refused',
        subject: actor.name,
        siteIds: [],
        after: { code: refusal.code },
      });
    });
    recorded.set(keyOf(outcome, signInKey), true);
  }

  function later(outcome: SignInOutcome, signInKey: string): void {
    if (waiting.has(signInKey)) return;
    const task = () => {
      waiting.delete(signInKey);
      return write(outcome, signInKey).catch(onError);
    };
    waiting.set(signInKey, { timer: setTimeout(() => void task(), patience).unref(), write: task });
  }

  return {
    record(outcome) {
      const { signInKey } = outcome.identification;
      if (signInKey === null) return undefined;
      if (recorded.has(keyOf(outcome, signInKey))) return undefined;
      const challenged = waiting.get(signInKey);
      if (outcome.refusal?.code === 'groups_incomplete' && patience > 0) {
        if (waiting.size < 10_000) {
          later(outcome, signInKey);
          return undefined;
        }
      } else if (challenged !== undefined) {
        clearTimeout(challenged.timer);
        waiting.delete(signInKey);
      }
      return write(outcome, signInKey);
    },
    async close() {
      for (const { timer, write: writeNow } of waiting.values()) {
        clearTimeout(timer);
        await writeNow();
      }
    },
  };
}

function keyOf({ refusal }: SignInOutcome, signInKey: string): string {
  return `${refusal?.code ?? 'succeeded'}:${signInKey}`;
}
