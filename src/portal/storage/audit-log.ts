import type { Transaction } from './database.ts';
import type { StoredActor } from './schema.ts';

/** What is written of a change or a refusal (R18). Must hold no secret, token or group list of a person (R20). */
export interface AuditEntry {
  readonly actor: StoredActor;
  readonly address: string | null;
  /** Noun and past verb, such as `ssoSetting.created`, `inventory.imported`, `signIn.refused`. */
  readonly action: string;
  readonly outcome: 'succeeded' | 'refused';
  readonly subject: string;
  /** Sites that it is about: analysts of those sites may read it. */
  readonly siteIds: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Appends within the transaction of the change itself, so that neither exists without the other. */
export type AppendAudit = (tx: Transaction, entry: AuditEntry) => Promise<void>;

/** The same for several, in their order. */
export type AppendAudits = (tx: Transaction, entries: readonly AuditEntry[]) => Promise<void>;
