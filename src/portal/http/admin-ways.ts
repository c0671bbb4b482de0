import type { WaysInChange, WaysInState } from '../../domain/ways-in.ts';
import type { Transaction } from '../storage/database.ts';

/** What changes of providers, portal access and users ask before they are made (R9); app.ts passes it on. */
export interface AdminWays {
  /** As it is within the transaction, which must have its write turn. */
  readonly read: (tx: Transaction) => Promise<WaysInState>;
  /**
   * Throws 409 `lockout`, reason `last_way_in`, where the change would take the last way in as Admin:
   * also in a recovery session. To be called before the change is written.
   */
  readonly require: (tx: Transaction, change: WaysInChange) => Promise<void>;
}
