import { join } from 'node:path';
import { z } from 'zod';
import { publicKey, type PublicKey } from '../contract/gate-protocol.ts';
import { readIfThere, writeWholeFile } from '../server/whole-file.ts';
import {
  BundleError,
  checkProgress,
  verifyBundle,
  type BundleExpectations,
  type Progress,
  type VerifiedBundle,
} from './verify-bundle.ts';

/**
 * How bundles lie on a sensor's disk:
 * - `bundle.jws` and `bundle.copy.jws`: the one in force, twice, because a disk can be damaged;
 * - `reached.json`: number and time of the newest that was ever in force. A damaged file is no way
 *   back to an older bundle;
 * - `portal-keys.json`: the keys that what lies here was signed with, and those that count next.
 * Each is written as a whole (temporary file, fsync, rename, fsync of the folder), in that order, so that a
 * power cut at any moment leaves a whole bundle that is verifiable and new enough.
 */
export interface BundleStore {
  /** The newest good bundle on disk; null: none. Bundles that were passed over are in `damaged`. */
  load(): Promise<LoadedBundle>;
  /** Puts a verified bundle in place of the last one. Throws BundleError for an older one. */
  store(verified: VerifiedBundle): Promise<void>;
}

export interface LoadedBundle {
  readonly verified: VerifiedBundle | null;
  /** The keys that new bundles may be signed with. */
  readonly keys: readonly PublicKey[];
  /** How far bundles had come, as far as that can be read. */
  readonly reached: Progress | null;
  /** Why a file was passed over, for the log. */
  readonly damaged: readonly string[];
}

const progress = z.object({ number: z.number().int(), iat: z.number().int() });
const pinnedKeys = z.array(publicKey).min(1);
export const bundleName = 'bundle.jws';
const bundleFiles = [bundleName, 'bundle.copy.jws'] as const;

export function createBundleStore(
  folder: string,
  expected: Omit<BundleExpectations, 'keys'>,
): BundleStore {
  const path = (name: string): string => join(folder, name);
  const write = (name: string, text: string): Promise<void> =>
    writeWholeFile(path(name), text, 0o600);

  async function readJson<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const text = await readIfThere(path(name));
    try {
      return text === null ? null : schema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  const readKeys = async (): Promise<readonly PublicKey[]> =>
    (await readJson('portal-keys.json', pinnedKeys)) ?? [];
  const readReached = (): Promise<Progress | null> => readJson('reached.json', progress);

  async function readBundle(
    name: string,
    keys: readonly PublicKey[],
    reached: Progress | null,
  ): Promise<VerifiedBundle | string | null> {
    const jws = await readIfThere(path(name));
    if (jws === null) return null;
    try {
      const verified = await verifyBundle(jws, { ...expected, keys });
      checkProgress(verified.bundle, reached);
      return verified;
    } catch (error) {
      // A copy that lags behind is no damage: the power went between the two.
      if (error instanceof BundleError && error.code === 'bundle_older') return null;
      return `${name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  async function load(): Promise<LoadedBundle> {
    const [keys, reached] = await Promise.all([readKeys(), readReached()]);
    const found = await Promise.all(bundleFiles.map((name) => readBundle(name, keys, reached)));
    const verified = found
      .filter((each) => each !== null && typeof each !== 'string')
      .reduce<VerifiedBundle | null>((best, each) => newer(best, each), null);
    return {
      verified,
      keys: verified?.bundle.portalKeys ?? keys,
      reached,
      damaged: found.filter((each) => typeof each === 'string'),
    };
  }

  /** Only what differs is written: a sensor's disk is often flash. */
  async function pin(keys: readonly PublicKey[], before: readonly PublicKey[]): Promise<void> {
    const distinct = [...new Map(keys.map((key) => [key.kid, key])).values()];
    if (JSON.stringify(distinct) === JSON.stringify(before)) return;
    await write('portal-keys.json', JSON.stringify(distinct));
  }

  return {
    load,
    async store({ bundle, jws, signer }) {
      const before = await readKeys();
      checkProgress(bundle, await readReached());
      // Until the copy gives way as well, the keys of both must be known.
      const added = [signer, ...bundle.portalKeys].some(
        (key) => !before.some((known) => known.kid === key.kid),
      );
      const during = [...before, signer, ...bundle.portalKeys];
      if (added) await pin(during, before);
      await write(bundleName, jws);
      await write('reached.json', JSON.stringify({ number: bundle.number, iat: bundle.iat }));
      await write('bundle.copy.jws', jws);
      await pin([signer, ...bundle.portalKeys], await readKeys());
    },
  };
}

function newer(best: VerifiedBundle | null, other: VerifiedBundle): VerifiedBundle {
  if (best === null) return other;
  const [a, b] = [best.bundle, other.bundle];
  return b.number > a.number || (b.number === a.number && b.iat > a.iat) ? other : best;
}
