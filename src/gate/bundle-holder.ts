import { link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Bundle, PublicKey } from '../contract/gate-protocol.ts';
import { readIfThere, syncFolder, systemCode, writeWholeFile } from '../server/whole-file.ts';
import { bundleName, type BundleStore } from './bundle-store.ts';
import type { InForce } from './in-force.ts';
import { createLeastTime, noteTime, notedTime } from './least-time.ts';
import {
  BundleError,
  checkExpiry,
  checkProgress,
  verifyBundle,
  type BundleExpectations,
  type VerifiedBundle,
} from './verify-bundle.ts';

/** A bundle that couldn't be applied, as reports tell it. */
export interface BundleFailure {
  readonly tag: string | null;
  readonly code: string;
  readonly detail: string;
}

/** What decides at this gate, in memory; each change is on the disk before it counts. */
export interface BundleHolder {
  readonly inForce: () => InForce;
  readonly onChange: (listener: (now: InForce) => void) => () => void;
  /** The last that couldn't be applied, and hasn't since. */
  readonly failure: () => BundleFailure | null;
  /** Applies what the portal sent. False where that isn't possible: `failure` says why. */
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
  readonly log: Pick<Logger, 'warn' | 'error'>;
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

/** A file of this name says that the portal revoked the gate. */
export const revokedMark = 'revoked';

export async function openBundleHolder(options: BundleHolderOptions): Promise<BundleHolder> {
  const { folder, store, expected, now, elapsed, log, retryAfter = 5_000 } = options;
  const revokedFile = join(folder, revokedMark);
  const loaded = await store.load();
  for (const what of loaded.damaged) log.warn({ what }, 'a bundle on disk is damaged');

  let held: VerifiedBundle | null = loaded.verified;
  let keys: readonly PublicKey[] = loaded.keys;
  let revoked = (await readIfThere(revokedFile)) !== null;
  let failure: BundleFailure | null = null;
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
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
    if (held === null || certain === null) return;
    try {
      await noteTime(folder, held.bundle, certain);
    } catch (error) {
      log.warn({ err: error }, 'the time can’t be noted on disk');
    }
  }

  async function markRevoked(): Promise<void> {
    if (!revoked) return;
    try {
      await writeMark(folder);
    } catch (error) {
      log.error({ err: error }, 'it can’t be noted on disk that this gate was revoked');
      clearTimeout(retry);
      retry = setTimeout(() => {
        marking = markRevoked();
      }, retryAfter).unref();
    }
  }

  /** What is noted for later mustn't come after a bundle that ended it. */
  let marking: Promise<void> = Promise.resolve();

  async function take(jws: string, clockOffset: number | null): Promise<void> {
    const verified = await verifyBundle(jws, { ...expected, keys });
    checkExpiry(verified.bundle, now(), clockOffset);
    if (held !== null) checkProgress(verified.bundle, held.bundle);
    await store.store(verified);
    clearTimeout(retry);
    await marking;
    if (revoked) await rm(revokedFile, { force: true });
    revoked = false;
    held = verified;
    time.learn(verified.bundle.iat * 1000);
    keys = verified.bundle.portalKeys;
  }

  watchExpiry();
  return {
    inForce,
    failure: () => failure,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async apply(jws, clockOffset) {
      try {
        await take(jws, clockOffset);
      } catch (error) {
        failure = failureFrom(error);
        return false;
      }
      failure = null;
      changed();
      return true;
    },
    confirm() {
      failure = null;
    },
    async revoke() {
      if (revoked) return;
      revoked = true;
      changed();
      marking = markRevoked();
      await marking;
    },
    noteTime: noted,
    close() {
      clearTimeout(timer);
      clearTimeout(retry);
    },
  };
}

/** By a link where that is possible, which takes no room on a disk that is full. */
async function writeMark(folder: string): Promise<void> {
  const mark = join(folder, revokedMark);
  try {
    await link(join(folder, bundleName), mark);
    await syncFolder(folder);
  } catch {
    await writeWholeFile(mark, '', 0o600);
  }
}

/** As reports have it. */
const longestReason = 500;

function failureFrom(error: unknown): BundleFailure {
  if (error instanceof BundleError) {
    return { tag: error.tag, code: error.code, detail: error.message.slice(0, longestReason) };
  }
  const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
  const detail = error instanceof Error ? error.message : String(error);
  return full
    ? { tag: null, code: 'disk_full', detail: 'The disk is full: the bundle can’t be kept.' }
    : {
        tag: null,
        code: 'disk_failed',
        detail: `The bundle can’t be kept: ${detail}`.slice(0, longestReason),
      };
}
