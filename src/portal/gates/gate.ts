import type { PublicKey } from '../../contract/gate-protocol.ts';

/** What a gate couldn't apply. */
export interface GateFailure {
  /** Names the content, where the bundle had one. */
  readonly tag: string | null;
  readonly code: string;
  readonly detail: string;
}

/** A live gate, as every instance has it in memory. Times are milliseconds since 1970. */
export interface Gate {
  readonly id: string;
  readonly sensorId: string;
  readonly publicKey: PublicKey;
  /** Announced by the gate, and not used yet. */
  readonly nextPublicKey: PublicKey | null;
  /** Null: it never came back after its enrolment. */
  readonly lastSeenAt: number | null;
  /** The bundle that it holds, as it said last; null: none so far. */
  readonly appliedTag: string | null;
  readonly appliedNumber: number | null;
  readonly appliedAt: number | null;
  /** The last bundle that it couldn't apply, unless it has applied one since. */
  readonly failure: GateFailure | null;
  readonly failedAt: number | null;
}

/** What changes about a gate without a change of its row's revision: written back in batches. */
export type GateProgress = Pick<
  Gate,
  'lastSeenAt' | 'appliedTag' | 'appliedNumber' | 'appliedAt' | 'failure' | 'failedAt'
>;
