import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createBundleStore } from '../gate/bundle-store.ts';
import { verifyBundle } from '../gate/verify-bundle.ts';
import type { PublicKey } from '../contract/gate-protocol.ts';
import { sampleGate } from './bundle-signer.ts';

/**
 * Stores a bundle and is gone, as by `kill -9`, in the middle of it: before its file operation number
 * `last`, or within it where that is a write (half of it is on disk then). Prints `stored` where it
 * came through. Arguments: folder, bundle, the portal's keys, `last`.
 */
async function main([folder = '', jws = '', keys = '[]', last = '0']: string[]): Promise<void> {
  const store = createBundleStore(folder, sampleGate);
  const { portalUrl, gateId, sensorId } = sampleGate;
  const pinned = JSON.parse(keys) as PublicKey[];
  const verified = await verifyBundle(jws, { portalUrl, gateId, sensorId, keys: pinned });
  dieAtStep(Number(last));
  await store.store(verified);
  process.stdout.write('stored\n');
}

/** Every operation that changes a disk, counted: opening to write, write, sync and rename. */
function dieAtStep(last: number): void {
  let step = 0;
  const die = (): never => {
    process.kill(process.pid, 'SIGKILL');
    // The signal is delivered before anything else runs here.
    for (;;) continue;
  };
  const count = (): boolean => (step += 1) === last;
  const { open, rename } = fs.promises;
  fs.promises.rename = async (from, to) => (count() ? die() : rename(from, to));
  fs.promises.open = async (path, flags, mode) => {
    if (count()) die();
    const handle = await open(path, flags, mode);
    const writeFile = handle.writeFile.bind(handle);
    const sync = handle.sync.bind(handle);
    handle.writeFile = async (data) => {
      if (!count()) return writeFile(data);
      fs.writeSync(handle.fd, String(data).slice(0, String(data).length / 2));
      return die();
    };
    handle.sync = async () => (count() ? die() : sync());
    return handle;
  };
  syncBuiltinESMExports();
}

await main(process.argv.slice(2));
