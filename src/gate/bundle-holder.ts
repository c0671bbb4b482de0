import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle, PublicKey } from '../contract/gate-protocol.ts';
import { readIfThere, systemCode, writeWholeFile } from '../server/whole-file.ts';
import type { BundleStore } from './bundle-store.ts';
import type { InForce } from './in-force.ts';
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
  readonly revoke: () => Promise<void>;
  readonly close: () => void;
}

export interface BundleHolderOptions {
  /** Where the enrolment's files lie. */
  readonly folder: string;
  readonly store: BundleStore;
  readonly expected: Omit<BundleExpectations, 'keys'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of what was passed over on disk. */
  readonly warn: (message: string) => void;
}

const day = 86_400_000;

/** What a bundle comes to. `now`: milliseconds since 1970. */
export function inForceOf(bundle: Bundle | null, revoked: boolean, now: number): InForce {
  if (revoked) return { bundle, condition: 'revoked' };
  if (bundle === null) return { bundle, condition: 'noBundle' };
  return { bundle, condition: bundle.exp * 1000 > now ? 'inForce' : 'expired' };
}

/** A file of this name says that the portal revoked the gate. */
export const revokedMark = 'revoked';

export async function openBundleHolder(options: BundleHolderOptions): Promise<BundleHolder> {
  const { folder, store, expected, now, warn } = options;
  const revokedFile = join(folder, revokedMark);
  const loaded = await store.load();
  for (const what of loaded.damaged) warn(what);

  let held: VerifiedBundle | null = loaded.verified;
  let keys: readonly PublicKey[] = loaded.keys;
  let revoked = (await readIfThere(revokedFile)) !== null;
  let failure: BundleFailure | null = null;
  let timer: NodeJS.Timeout | undefined;
  const listeners = new Set<(now: InForce) => void>();

  const judge = (): InForce => inForceOf(held?.bundle ?? null, revoked, now());
  let state = judge();

  function inForce(): InForce {
    if (state.condition === 'inForce' && (state.bundle?.exp ?? 0) * 1000 <= now()) state = judge();
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
    const left = Math.max(state.bundle.exp * 1000 - now(), 0);
    // Timers hold 24 days at most.
    const next = left > day ? watchExpiry : changed;
    timer = setTimeout(next, Math.min(left, day)).unref();
  }

  async function take(jws: string, clockOffset: number | null): Promise<void> {
    const verified = await verifyBundle(jws, { ...expected, keys });
    checkExpiry(verified.bundle, now(), clockOffset);
    if (held !== null) checkProgress(verified.bundle, held.bundle);
    await store.store(verified);
    held = verified;
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
      if (revoked) await rm(revokedFile, { force: true });
      revoked = false;
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
      await writeWholeFile(revokedFile, `${new Date(now()).toISOString()}\n`, 0o600);
    },
    close: () => clearTimeout(timer),
  };
}

function failureFrom(error: unknown): BundleFailure {
  if (error instanceof BundleError) {
    return { tag: error.tag, code: error.code, detail: error.message };
  }
  const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
  const detail = error instanceof Error ? error.message : String(error);
  return full
    ? { tag: null, code: 'disk_full', detail: 'The disk is full: the bundle can’t be kept.' }
    : { tag: null, code: 'disk_failed', detail: `The bundle can’t be kept: ${detail}` };
}
