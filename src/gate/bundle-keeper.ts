import { link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Bundle } from '../contract/gate-protocol.ts';
import { syncFolder, systemCode, writeWholeFile } from '../server/whole-file.ts';
import { bundleName, type BundleStore } from './bundle-store.ts';
import type { VerifiedBundle } from './verify-bundle.ts';

/** Makes the disk say what is in force, as soon as it takes that: a start goes on from there. */
export interface BundleKeeper {
  /**
   * This is in force by now, and is to be kept. Resolves after the first attempt, and never rejects:
   * what the disk doesn't take is offered again until it does, or something else is in force.
   */
  readonly keep: (wanted: Kept) => Promise<void>;
  /** The bundle that a start would find; null: none. */
  readonly stored: () => Bundle | null;
  /** Why the disk says something else than what is in force, in words; null: it doesn't. */
  readonly trouble: () => string | null;
  readonly close: () => void;
}

export interface Kept {
  readonly verified: VerifiedBundle | null;
  readonly revoked: boolean;
}

export interface BundleKeeperOptions {
  readonly folder: string;
  readonly store: Pick<BundleStore, 'store'>;
  /** What the disk says at the start. */
  readonly found: Kept;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** Told when trouble begins, and when it is over. */
  readonly onTrouble: () => void;
  /** Milliseconds between attempts to write on a disk that takes nothing. */
  readonly retryAfter: number;
}

/** A file of this name says that the portal revoked the gate. */
export const revokedMark = 'revoked';

export function createBundleKeeper(options: BundleKeeperOptions): BundleKeeper {
  const { folder, store, found, log, onTrouble, retryAfter } = options;
  let wanted = found;
  let stored = found.verified;
  /** Null: an attempt to change it failed halfway. */
  let marked: boolean | null = found.revoked;
  let trouble: string | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let turn: Promise<void> = Promise.resolve();

  async function storeBundle(): Promise<void> {
    const { verified } = wanted;
    if (verified === null || verified === stored) return;
    await store.store(verified);
    stored = verified;
  }

  /** The mark goes no sooner than the bundle that ended the revocation is on the disk. */
  async function setMark(): Promise<void> {
    const { revoked, verified } = wanted;
    if (marked === revoked || (!revoked && verified !== stored)) return;
    marked = null;
    if (revoked) await writeMark(folder);
    else await rm(join(folder, revokedMark), { force: true });
    marked = revoked;
  }

  async function attempt(): Promise<void> {
    clearTimeout(retry);
    // That there is no room for a bundle keeps no revocation from being noted.
    const outcomes = [await settled(storeBundle()), await settled(setMark())];
    const error = outcomes.find((outcome) => outcome !== null) ?? null;
    if (error !== null && !closed) {
      retry = setTimeout(() => void inTurn(), retryAfter).unref();
    }
    const before = trouble;
    // Messages name another temporary file each time: the first one will do.
    trouble = error === null ? null : (before ?? reasonOf(error));
    if ((before === null) === (trouble === null)) return;
    if (error === null) log.info('what is in force is on disk again');
    else log.error({ err: error }, 'what is in force can’t be kept on disk');
    onTrouble();
  }

  function inTurn(): Promise<void> {
    turn = turn.then(attempt);
    return turn;
  }

  return {
    keep(now) {
      wanted = now;
      return inTurn();
    },
    stored: () => stored?.bundle ?? null,
    trouble: () => trouble,
    close() {
      closed = true;
      clearTimeout(retry);
    },
  };
}

/** What it rejects with, as an error; null: nothing. */
async function settled(work: Promise<void>): Promise<Error | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
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

function reasonOf(error: Error): string {
  const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
  return full ? 'the disk is full' : error.message.slice(0, 150);
}
