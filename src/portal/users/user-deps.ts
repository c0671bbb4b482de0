import type { AdminWays } from '../http/admin-ways.ts';
import type { SessionEnds } from '../http/web-providers.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
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
  readonly sessionEnds: Pick<SessionEnds, 'ofPerson' | 'committed'>;
  /** Sends an invitation; answers `sent`, or why it didn't go. Null: no SMTP server is configured. */
  readonly sendInvitation: ((invitation: Invitation) => Promise<string>) | null;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Makes requests see a change at once. */
  readonly changed: () => void;
}
