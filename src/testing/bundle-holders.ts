import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach } from 'vitest';
import type { Bundle } from '../contract/gate-protocol.ts';
import { openBundleHolder, type BundleHolder } from '../gate/bundle-holder.ts';
import { createBundleStore } from '../gate/bundle-store.ts';
import { verifyBundle } from '../gate/verify-bundle.ts';
import { newSigner, sampleBundle, sampleGate, type BundleSigner } from './bundle-signer.ts';

/** Where a gate keeps its bundle, and what it goes by there. */
export interface BundleHolders {
  /** Of the test that runs: the first bundle lies in it. */
  readonly folder: string;
  /** Signs bundles as the portal. */
  signer: BundleSigner;
  /** What the clock says, in milliseconds. */
  clock: number;
  /** What time has passed by the clock that nobody sets, in milliseconds. */
  passed: number;
  /** How often it began or ended that the disk takes nothing. */
  troubles: number;
  /** A bundle good for 30 days from what the clock says. */
  readonly signed: (changes: Partial<Bundle>) => Promise<string>;
  /** `retryAfter`: milliseconds until the disk is tried again, 1 unless given. */
  readonly open: (retryAfter?: number) => Promise<BundleHolder>;
  /** The same gate, ended and started again. */
  readonly restarted: (holder: BundleHolder) => Promise<BundleHolder>;
}

/** A folder with a bundle for each test of a file; what is opened on it is closed after the test. */
export async function useBundleHolders(): Promise<BundleHolders> {
  let holders: BundleHolder[] = [];
  const holding: BundleHolders = {
    folder: '',
    signer: await newSigner(),
    clock: 0,
    passed: 0,
    troubles: 0,
    signed(changes) {
      const { signer, clock } = holding;
      const iat = Math.floor(clock / 1000);
      const times = { iat, exp: iat + 30 * 86_400 };
      return signer.sign(sampleBundle([signer.publicKey], { ...times, ...changes }));
    },
    async open(retryAfter = 1) {
      const { folder } = holding;
      const holder = await openBundleHolder({
        folder,
        store: createBundleStore(folder, sampleGate),
        expected: sampleGate,
        now: () => holding.clock,
        elapsed: () => holding.passed,
        log: pino({ level: 'silent' }),
        onTrouble() {
          holding.troubles += 1;
        },
        retryAfter,
      });
      holders.push(holder);
      return holder;
    },
    async restarted(holder) {
      holder.close();
      holding.passed = 0;
      return holding.open();
    },
  };
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-holder-'));
    const signer = await newSigner();
    Object.assign(holding, { folder, signer, clock: Date.now(), passed: 0, troubles: 0 });
    holders = [];
    const expected = { ...sampleGate, keys: [signer.publicKey] };
    const verified = await verifyBundle(await holding.signed({}), expected);
    await createBundleStore(folder, sampleGate).store(verified);
  });
  afterEach(async () => {
    for (const holder of holders) holder.close();
    await rm(holding.folder, { recursive: true, force: true });
  });
  return holding;
}
