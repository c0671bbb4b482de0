import type { Bundle } from '../contract/gate-protocol.ts';
import type { GateEvent } from '../contract/gate-report.ts';

/** Who a gate is: made at its enrolment, and kept in its data directory. */
export interface GateIdentity {
  readonly gateId: string;
  readonly sensorId: string;
  /** Origin of the portal, without a trailing slash. */
  readonly portalUrl: string;
}

/**
 * What decides at a gate at this moment. `expired`: the bundle has outlived its days (R16).
 * `revoked`: the portal said that this gate's key counts no more.
 */
export interface InForce {
  /** The last good bundle, also while it isn't in force; null: none yet. */
  readonly bundle: Bundle | null;
  readonly condition: 'inForce' | 'noBundle' | 'expired' | 'revoked';
}

/** What the gate knows of its portal. */
export interface PortalContact {
  readonly reachable: boolean;
  /** Milliseconds since 1970; null while it is reachable. */
  readonly unreachableSince: number | null;
  /** Milliseconds that the own clock is ahead of the portal's; null: not known. */
  readonly clockOffset: number | null;
}

type WithoutSequence<E> = E extends unknown ? Omit<E, 'sequence' | 'at'> : never;

/** An event about to be queued: the queue gives it its number and its time. */
export type NewGateEvent = WithoutSequence<GateEvent>;

/** What the HTTP side of a gate needs of the rest: everything is answered from memory, at once. */
export interface GateContext {
  readonly identity: GateIdentity;
  inForce(): InForce;
  /** Told after each change of what is in force; returns how to stop it. */
  onChange(listener: (now: InForce) => void): () => void;
  portal(): PortalContact;
  /** Queues an event on disk. Never fails and never waits: a full disk stops nobody. */
  record(event: NewGateEvent): void;
  /** How the HTTP side tells what goes into reports. */
  setOpenSessions(count: number): void;
}
