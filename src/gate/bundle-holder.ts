import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Bundle, PublicKey } from '../contract/gate-protocol.ts';
import { readIfThere } from '../server/whole-file.ts';
import { createBundleKeeper, revokedMark } from './bundle-keeper.ts';
import type { BundleStore } from './bundle-store.ts';
import type { InForce } from './in-force.ts';
import { createLeastTime, noteTime, notedTime } from './least-time.ts';
import {
  BundleError,
  checkExpiry,
  checkProgress,
  verifyBundle,
  type BundleExpectations,
  type Progress,
  type VerifiedBundle,
} from './verify-bundle.ts';

/** A bundle that couldn't be applied, as reports tell it. */
export interface BundleFailure {
  readonly tag: string | null;
  readonly code: string;
  readonly detail: string;
}

/** What decides at this gate, in memory: each change counts at once, and goes to the disk then. */
export interface BundleHolder {
  readonly inForce: () => InForce;
  readonly onChange: (listener: (now: InForce) => void) => () => void;
  /** The last that couldn't be applied, and hasn't since. */
  readonly failure: () => BundleFailure | null;
  /** Why what is in force isn't on the disk, in words; null: it is. A restart would go back behind it. */
  readonly trouble: () => string | null;
  /**
   * Applies what the portal sent: it counts at once, and the disk has been offered it when this resolves.
   * False where that isn't possible: `failure` says why.
   */
  readonly apply: (jws: string, clockOffset: number | null) => Promise<boolean>;
  /** What is in force is what the portal wants: whatever failed before is over. */
  readonly confirm: () => void;
  /** Counts at once, and is noted on the disk as soon as that takes it. Never throws. */
  readonly revoke: () => Promise<void>;
  /** Keeps how much of the bundle's time is over, for a start on a clock that was set back. Never throws. */
  readonly noteTime: () => Promise<void>;
  readonly close: () => void;
}

export interface BundleHolderOptions {
  /** Where the enrolment's files lie. */
  readonly folder: string;
  readonly store: BundleStore;
  readonly expected: Omit<BundleExpectations, 'keys'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds by a clock that nobody sets: since some moment of this process. */
  readonly elapsed?: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Told when the disk begins to take nothing, and when it takes something again. */
  readonly onTrouble?: () => void;
  /** Milliseconds between attempts to write on a disk that takes nothing. */
  readonly retryAfter?: number;
}

/** Time is noted so often: a start on a slow clock gains no more than that. Milliseconds. */
const noteInterval = 3_600_000;

/** What a bundle comes to. `now`: milliseconds since 1970. */
export function inForceOf(bundle: Bundle | null, revoked: boolean, now: number): InForce {
  if (revoked) return { bundle, condition: 'revoked' };
  if (bundle === null) return { bundle, condition: 'noBundle' };
  return { bundle, condition: bundle.exp * 1000 > now ? 'inForce' : 'expired' };
}

export async function openBundleHolder(options: BundleHolderOptions): Promise<BundleHolder> {
  const { folder, store, expected, now, elapsed, log, retryAfter = 5_000 } = options;
  const { onTrouble = () => undefined } = options;
  const loaded = await store.load();
  for (const what of loaded.damaged) log.warn({ what }, 'a bundle on disk is damaged');

  let held: VerifiedBundle | null = loaded.verified;
  /** Also without a bundle, the newest that there ever was is known: nothing goes back behind it. */
  let reached: Progress | null = loaded.verified?.bundle ?? loaded.reached;
  let keys: readonly PublicKey[] = loaded.keys;
  let revoked = (await readIfThere(join(folder, revokedMark))) !== null;
  let failure: BundleFailure | null = null;
  let timer: NodeJS.Timeout | undefined;
  const found = { verified: held, revoked };
  const keeper = createBundleKeeper({ folder, store, found, log, onTrouble, retryAfter });
  const time = createLeastTime(now, elapsed);
  if (held !== null) time.learn(await notedTime(folder, held.bundle));
  const listeners = new Set<(now: InForce) => void>();

  const judge = (): InForce => inForceOf(held?.bundle ?? null, revoked, time.now());
  let state = judge();

  function inForce(): InForce {
    const isOver = (state.bundle?.exp ?? 0) * 1000 <= time.now();
    // A clock that was fast may be set right.
    const isLeft = state.condition === 'expired' && !isOver;
    if (isLeft || (state.condition === 'inForce' && isOver)) changed();
    return state;
  }

  function changed(): void {
    state = judge();
    for (const listener of listeners) listener(state);
    watchExpiry();
  }

  function watchExpiry(): void {
    clearTimeout(timer);
    if (state.bundle === null || state.condition !== 'inForce') return;
    const left = Math.max(state.bundle.exp * 1000 - time.now(), 0);
    const next = left > noteInterval ? keepTime : changed;
    timer = setTimeout(next, Math.min(left, noteInterval)).unref();
  }

  function keepTime(): void {
    watchExpiry();
    void noted();
  }

  async function noted(): Promise<void> {
    const certain = time.certain();
    // Of the one that a restart would find.
    const stored = keeper.stored();
    if (stored === null || certain === null) return;
    try {
      await noteTime(folder, stored, certain);
    } catch (error) {
      log.warn({ err: error }, 'the time can’t be noted on disk');
    }
  }

  async function take(jws: string, clockOffset: number | null): Promise<void> {
    const verified = await verifyBundle(jws, { ...expected, keys });
    checkExpiry(verified.bundle, now(), clockOffset);
    checkProgress(verified.bundle, reached);
    reached = verified.bundle;
    revoked = false;
    held = verified;
    time.learn(verified.bundle.iat * 1000);
    keys = verified.bundle.portalKeys;
  }

  watchExpiry();
  return {
    inForce,
    failure: () => failure,
    trouble: keeper.trouble,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async apply(jws, clockOffset) {
      try {
        await take(jws, clockOffset);
      } catch (error) {
        if (!(error instanceof BundleError)) throw error;
        failure = failureFrom(error);
        return false;
      }
      failure = null;
      changed();
      await keeper.keep({ verified: held, revoked });
      return true;
    },
    confirm() {
      failure = null;
    },
    async revoke() {
      if (revoked) return;
      revoked = true;
      changed();
      await keeper.keep({ verified: held, revoked });
    },
    noteTime: noted,
    close() {
      clearTimeout(timer);
      keeper.close();
    },
  };
}

/** As reports have it. */
const longestReason = 500;

function failureFrom({ tag, code, message }: BundleError): BundleFailure {
  return { tag, code, detail: message.slice(0, longestReason) };
}
