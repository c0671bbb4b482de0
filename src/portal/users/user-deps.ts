import type { AdminWays } from '../http/admin-ways.ts';
import type { Asker } from '../http/asker.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { Invitation } from './invitation-mail.ts';

/** Somebody's Microsoft identity (R13). */
export interface Identity {
  readonly tenantId: string;
  readonly objectId: string;
}

export interface UserDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly adminWays: AdminWays;
  /** Ends the sessions that somebody has at the portal. */
  readonly sessionEnds: {
    /** Within the transaction of the change. */
    readonly ofPerson: (tx: Transaction, person: Identity) => Promise<unknown>;
    /** To be called when it has been committed. */
    readonly committed: () => void;
  };
  /** Sends an invitation; answers `sent`, or why it didn't go. Null: no SMTP server is configured. */
  readonly sendInvitation: ((invitation: Invitation) => Promise<string>) | null;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Makes requests see a change at once. */
  readonly changed: () => void;
}

/** Who asks for a change, and from where. */
export interface By {
  readonly asker: Asker;
  readonly address: string;
}
