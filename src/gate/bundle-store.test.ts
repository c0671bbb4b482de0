import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bundle } from '../contract/gate-protocol.ts';
import { buildSource } from '../testing/built-source.ts';
import {
  newSigner,
  sampleBundle,
  sampleGate,
  type BundleSigner,
} from '../testing/bundle-signer.ts';
import { createBundleStore, type BundleStore } from './bundle-store.ts';
import { verifyBundle, type VerifiedBundle } from './verify-bundle.ts';

let folder = '';
let signer: BundleSigner;
let store: BundleStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-bundles-'));
  signer = await newSigner();
  store = createBundleStore(folder, sampleGate);
});
afterEach(() => rm(folder, { recursive: true }));

async function signed(
  changes: Partial<Bundle>,
  by: BundleSigner = signer,
  keys = [signer.publicKey],
): Promise<VerifiedBundle> {
  const jws = await by.sign(sampleBundle(keys, changes));
  return verifyBundle(jws, { ...sampleGate, keys: [by.publicKey] });
}

const file = (name: string): string => join(folder, name);
const loadedNumber = async (): Promise<number | undefined> =>
  (await store.load()).verified?.bundle.number;

describe('createBundleStore', () => {
  it('has nothing at first', async () => {
    expect(await store.load()).toEqual({ verified: null, keys: [], reached: null, damaged: [] });
  });

  it('loads what it stored, and the keys that count from then on', async () => {
    const next = await newSigner();
    await store.store(await signed({}, signer, [signer.publicKey, next.publicKey]));
    const { verified, keys, damaged } = await store.load();
    expect(verified?.bundle.number).toBe(1);
    expect(keys).toEqual([signer.publicKey, next.publicKey]);
    expect(damaged).toEqual([]);
  });

  it('goes on through a rotation of the portal’s keys', async () => {
    const next = await newSigner();
    await store.store(await signed({ number: 1 }, signer, [signer.publicKey, next.publicKey]));
    await store.store(await signed({ number: 2 }, next, [next.publicKey]));
    expect((await store.load()).keys).toEqual([next.publicKey]);
    expect(await loadedNumber()).toBe(2);
    expect(await readFile(file('portal-keys.json'), 'utf8')).not.toContain(signer.publicKey.kid);
  });

  it('still verifies a bundle whose own key no longer counts', async () => {
    const next = await newSigner();
    await store.store(await signed({}, signer, [next.publicKey]));
    expect(await loadedNumber()).toBe(1);
    expect((await store.load()).keys).toEqual([next.publicKey]);
  });

  it('never goes back: neither by an older number, nor by the same with an earlier time', async () => {
    const iat = Math.floor(Date.now() / 1000);
    await store.store(await signed({ number: 5, iat }));
    await expect(store.store(await signed({ number: 4 }))).rejects.toMatchObject({
      code: 'bundle_older',
    });
    await expect(store.store(await signed({ number: 5, iat: iat - 1 }))).rejects.toMatchObject({
      code: 'bundle_older',
    });
    await store.store(await signed({ number: 5, iat: iat + 1 }));
    expect((await store.load()).verified?.bundle.iat).toBe(iat + 1);
  });

  it.each([
    ['truncated', (jws: string) => jws.slice(0, jws.length / 2)],
    ['empty', () => ''],
    ['tampered with', (jws: string) => jws.replace(/\.(.{9})/u, '.AAAAAAAAA')],
    ['overwritten', () => '\0'.repeat(4096)],
  ])('takes the copy when the file is %s, and says so', async (_what, damage) => {
    await store.store(await signed({ number: 3 }));
    const jws = await readFile(file('bundle.jws'), 'utf8');
    await writeFile(file('bundle.jws'), damage(jws));
    const { verified, damaged } = await store.load();
    expect(verified?.bundle.number).toBe(3);
    expect(damaged).toEqual([expect.stringContaining('bundle.jws')]);
  });

  it('takes no older bundle for a damaged one, also where somebody puts it there', async () => {
    const older = await signed({ number: 3 });
    await store.store(older);
    await store.store(await signed({ number: 4 }));
    await writeFile(file('bundle.jws'), 'damaged');
    await writeFile(file('bundle.copy.jws'), older.jws);
    const { verified, keys } = await store.load();
    expect(verified).toBeNull();
    expect(keys).toEqual([signer.publicKey]);
  });

  it('takes none of another sensor, gate or portal', async () => {
    await store.store(await signed({}));
    for (const changes of [
      { gateId: '88888888-0000-4000-8000-00000000000f' },
      { sensorId: '77777777-0000-4000-8000-00000000000f' },
      { portalUrl: 'https://elsewhere.example.com' },
    ]) {
      const other = createBundleStore(folder, { ...sampleGate, ...changes });
      expect((await other.load()).verified).toBeNull();
    }
  });
});

describe('kill -9 in the middle of storing', () => {
  it('leaves a whole bundle that is as new as what was in force, 100 times at every step', async () => {
    const { folder: built, script } = await buildSource(
      new URL('../testing/bundle-writer.ts', import.meta.url),
    );
    try {
      const rotated = await newSigner();
      let [current, next] = [signer, rotated];
      await store.store(await signed({ number: 1 }, current, [current.publicKey]));
      let inForce = 1;
      const stepsKilled = new Set<number>();
      let step = 1;
      for (let round = 0; round < 100; round += 1) {
        // Keys rotate all the time, so that the file of keys is written as well.
        const number = inForce + 1;
        const { jws } = await signed({ number }, current, [next.publicKey, current.publicKey]);
        const { killed, stored } = await run(script, [
          folder,
          jws,
          JSON.stringify([current.publicKey]),
          String(step),
        ]);
        const { verified, keys } = await store.load();
        expect(verified, `killed at step ${step}`).not.toBeNull();
        expect([inForce, number]).toContain(verified?.bundle.number);
        expect(keys.map(({ kid }) => kid)).toContain(current.publicKey.kid);
        expect(killed).toBe(!stored);
        if (killed) stepsKilled.add(step);
        // From the first step again once it came through.
        step = stored ? 1 : step + 1;
        inForce = verified?.bundle.number ?? 0;
        if (stored) {
          expect(verified?.bundle.number).toBe(number);
          [current, next] = [next, current];
        }
      }
      // Two files of keys at most, two of the bundle, one of progress: six operations each, and more.
      expect(stepsKilled.size).toBeGreaterThanOrEqual(18);
    } finally {
      await rm(built, { recursive: true });
    }
  }, 300_000);
});

function run(script: string, args: string[]): Promise<{ killed: boolean; stored: boolean }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout) =>
      resolve({ killed: error?.signal === 'SIGKILL', stored: stdout === 'stored\n' }),
    );
  });
}
