import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GateError } from './gate-error.ts';
import { loadGateKey, promoteNextKey, type GateKey } from './gate-key.ts';
import { systemCode } from '../server/whole-file.ts';

/**
 * The key that a running gate signs with. `gatehouse gate rotate-key` replaces it on disk: the next
 * request is signed with the new one.
 */
export interface KeyRing {
  readonly current: () => Promise<GateKey>;
  /** A key whose announcement was cut short, to be tried first; null: none. */
  readonly next: () => Promise<GateKey | null>;
  /** The next key is the key from now on. */
  readonly promote: () => Promise<void>;
}

export function createKeyRing(folder: string): KeyRing {
  let loaded: { readonly version: string; readonly key: GateKey } | null = null;

  async function version(): Promise<string> {
    const { ino, mtimeMs, size } = await stat(join(folder, 'key.json'));
    return `${ino} ${mtimeMs} ${size}`;
  }

  return {
    async current() {
      const found = await version().catch((error: unknown) => {
        // A key that was deleted under a running gate goes on as long as the gate.
        if (systemCode(error) === 'ENOENT' && loaded !== null) return loaded.version;
        return null;
      });
      if (loaded !== null && loaded.version === found) return loaded.key;
      const key = await loadGateKey(folder, 'key');
      if (key === null || found === null) {
        throw new GateError(
          'key_missing',
          `There is no key in ${folder}. Enrol this gate again: gatehouse gate enrol … --replace`,
        );
      }
      loaded = { version: found, key };
      return key;
    },
    next: () => loadGateKey(folder, 'next-key'),
    promote: () =>
      promoteNextKey(folder).catch((error: unknown) => {
        // The command that announced it was faster.
        if (systemCode(error) !== 'ENOENT') throw error;
      }),
  };
}
