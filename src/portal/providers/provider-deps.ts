import type { GroupMapping } from '../../domain/group-mapping.ts';
import type { GraphRequest } from '../../entra/graph-groups.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import type { AdminWays } from '../http/admin-ways.ts';
import type { SessionEnds } from '../http/web-providers.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { StoredActor } from '../storage/schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import type { PrepareRegistration } from './registrations.ts';
import type { WebProviderOf } from './web-clients.ts';

export type ReplacePortalAccess = (
  tx: Transaction,
  permissions: GroupMapping,
  changedBy: StoredActor,
) => Promise<unknown>;

export interface ProviderDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly secrets: SecretBox;
  /** Null: GATEHOUSE_ENTRA_* name none. */
  readonly environment: Registration | null;
  readonly prepare: PrepareRegistration;
  readonly webProviderOf: WebProviderOf;
  readonly adminWays: AdminWays;
  /** Sessions that people opened by a web application; their folder has them. */
  readonly sessions: Pick<SessionEnds, 'ofProvider' | 'committed'>;
  readonly replacePortalAccess: ReplacePortalAccess;
  readonly readGroups: (request: GraphRequest) => Promise<readonly string[]>;
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Makes requests see a change at once. */
  readonly changed: () => void;
}
