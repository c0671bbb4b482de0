import { isNull, sql } from 'drizzle-orm';
import type { PublicKey } from '../../contract/gate-protocol.ts';
import type { SessionPolicy } from '../../domain/session-policy.ts';
import type { Drizzle } from '../storage/database.ts';
import {
  gates,
  gateSigningKeys,
  securitySettings,
  sessionRevocations,
} from '../storage/gate-schema.ts';
import { stateRevisions } from '../storage/schema.ts';
import type { GateProgress } from './gate.ts';
import { publicKeyOf } from './public-keys.ts';

/** A row of `gates` as far as it is kept in memory. */
export interface GateRow extends GateProgress {
  readonly id: string;
  readonly sensorId: string;
  readonly x: string;
  readonly nextX: string | null;
}

export interface SigningKeyRow {
  readonly id: string;
  readonly status: 'current' | 'next';
  readonly publicKey: PublicKey;
  readonly sealedPrivateKey: string;
  readonly createdAt: Date;
}

export type RevocationRow = Pick<
  typeof sessionRevocations.$inferSelect,
  'at' | 'sessionId' | 'gateId' | 'tenantId' | 'objectId' | 'siteIds'
>;

/** What the revision `gates` stands for, as of one moment. */
export interface GateState {
  readonly revision: number;
  readonly gates: readonly GateRow[];
  /** The current one first. Empty until one is needed. */
  readonly signingKeys: readonly SigningKeyRow[];
  readonly policy: SessionPolicy;
  readonly bundlesRenewedAt: Date;
  /** In the order in which they were made. */
  readonly revocations: readonly RevocationRow[];
}

const milliseconds = (column: unknown) =>
  sql<number | null>`(extract(epoch from ${column}) * 1000)::float8`;

/** Reads it in one transaction: no bundle has half a change. */
export function readGateState(db: Drizzle): Promise<GateState> {
  return db.transaction(
    async (tx) => {
      const [revision] = await tx
        .select()
        .from(stateRevisions)
        .where(sql`${stateRevisions.name} = 'gates'`);
      const rows = await tx
        .select({
          id: gates.id,
          sensorId: gates.sensorId,
          // Text and numbers: parsing JSON and dates would be most of the time for 100,000 gates.
          x: sql<string>`${gates.publicKey} ->> 'x'`,
          nextX: sql<string | null>`${gates.nextPublicKey} ->> 'x'`,
          ...progressColumns,
        })
        .from(gates)
        .where(isNull(gates.revokedAt));
      const keys = await tx
        .select()
        .from(gateSigningKeys)
        .where(sql`${gateSigningKeys.status} <> 'retired'`)
        .orderBy(gateSigningKeys.status);
      const [security] = await tx.select().from(securitySettings);
      if (security === undefined) throw new Error('security_settings has lost its row');
      const revocations = await tx.select().from(sessionRevocations).orderBy(sessionRevocations.id);
      const { idleMinutes, totalMinutes, bundleDays, bundlesRenewedAt } = security;
      return {
        revision: revision?.value ?? 0,
        gates: rows,
        signingKeys: keys.map(({ status, ...key }) => ({
          ...key,
          status: status === 'next' ? ('next' as const) : ('current' as const),
          publicKey: publicKeyOf(key.publicKey.x),
        })),
        policy: { idleMinutes, totalMinutes, bundleDays },
        bundlesRenewedAt,
        revocations,
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** The progress of a gate, times in milliseconds. */
export const progressColumns = {
  lastSeenAt: milliseconds(gates.lastSeenAt),
  appliedTag: gates.appliedTag,
  appliedNumber: gates.appliedNumber,
  appliedAt: milliseconds(gates.appliedAt),
  failure: gates.failure,
  failedAt: milliseconds(gates.failedAt),
};
