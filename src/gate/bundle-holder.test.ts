import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bundle } from '../contract/gate-protocol.ts';
import { gateReport } from '../contract/gate-report.ts';
import {
  newSigner,
  sampleBundle,
  sampleGate,
  type BundleSigner,
} from '../testing/bundle-signer.ts';
import { openBundleHolder, type BundleHolder } from './bundle-holder.ts';
import { createBundleStore } from './bundle-store.ts';
import { verifyBundle } from './verify-bundle.ts';

const day = 86_400_000;
let folder = '';
let signer: BundleSigner;
let holders: BundleHolder[] = [];
/** What the clock says, and what time has passed by the one that nobody sets. Milliseconds. */
let clock = 0;
let passed = 0;
/** How often it began or ended that the disk takes nothing. */
let troubles = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-holder-'));
  signer = await newSigner();
  holders = [];
  clock = Date.now();
  passed = 0;
  troubles = 0;
  const jws = await signed({});
  const verified = await verifyBundle(jws, { ...sampleGate, keys: [signer.publicKey] });
  await createBundleStore(folder, sampleGate).store(verified);
});
afterEach(async () => {
  for (const holder of holders) holder.close();
  await rm(folder, { recursive: true, force: true });
});

/** Good for 30 days from what the clock says. */
function signed(changes: Partial<Bundle>): Promise<string> {
  const iat = Math.floor(clock / 1000);
  const times = { iat, exp: iat + 30 * 86_400 };
  return signer.sign(sampleBundle([signer.publicKey], { ...times, ...changes }));
}

async function open(retryAfter = 1): Promise<BundleHolder> {
  const holder = await openBundleHolder({
    folder,
    store: createBundleStore(folder, sampleGate),
    expected: sampleGate,
    now: () => clock,
    elapsed: () => passed,
    log: pino({ level: 'silent' }),
    onTrouble() {
      troubles += 1;
    },
    retryAfter,
  });
  holders.push(holder);
  return holder;
}

const conditionNow = (holder: BundleHolder) => holder.inForce().condition;

/** A gate that is ended and started again. */
async function restarted(holder: BundleHolder): Promise<BundleHolder> {
  holder.close();
  passed = 0;
  return open();
}

describe('a revoked gate', () => {
  it('stays so through a restart, with the bundle that it had, until there is a new one', async () => {
    const first = await open();
    await first.revoke();
    const second = await restarted(first);
    expect(second.inForce()).toMatchObject({ condition: 'revoked', bundle: { number: 1 } });
    expect(await second.apply(await signed({ number: 2 }), null)).toBe(true);
    const third = await restarted(second);
    expect(third.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 2 } });
  });

  it('takes no room on the disk: it may be full', async () => {
    const before = await stat(join(folder, 'bundle.jws'));
    await (await open()).revoke();
    expect((await stat(join(folder, 'revoked'))).ino).toBe(before.ino);
  });

  it('is revoked at once where the disk takes nothing, and notes it as soon as it does', async () => {
    const holder = await open();
    await rm(folder, { recursive: true });
    await holder.revoke();
    expect(conditionNow(holder)).toBe('revoked');
    await mkdir(folder);
    await expect.poll(() => readdir(folder)).toEqual(['revoked']);
  });

  it('that isn’t any more leaves no note behind', async () => {
    const holder = await open();
    await rm(folder, { recursive: true });
    await holder.revoke();
    await mkdir(folder);
    expect(await holder.apply(await signed({ number: 2 }), null)).toBe(true);
    expect(conditionNow(holder)).toBe('inForce');
    expect(await readdir(folder)).not.toContain('revoked');
    expect(conditionNow(await restarted(holder))).toBe('inForce');
  });
});

describe('a disk that takes nothing', () => {
  /** What lies in the place of the file that bundles are stored in: no file can take that of a folder. */
  const blocked = (): string => join(folder, 'bundle.jws');

  async function block(): Promise<void> {
    await rm(blocked());
    await mkdir(blocked());
  }

  it('stops no bundle: it is in force at once, stored as soon as that is possible', async () => {
    const holder = await open();
    await block();
    const told: unknown[] = [];
    holder.onChange(({ bundle }) => told.push(bundle?.number));
    expect(await holder.apply(await signed({ number: 2 }), null)).toBe(true);
    expect(holder.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 2 } });
    expect([holder.failure(), told]).toEqual([null, [2]]);
    expect(holder.trouble()).toContain('bundle.jws');
    holder.confirm();
    expect(holder.trouble()).not.toBeNull();
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect(troubles).toBe(2);
    expect((await restarted(holder)).inForce().bundle?.number).toBe(2);
  });

  it('has the last one stored, of several', async () => {
    const holder = await open();
    await block();
    const next = await newSigner();
    const portalKeys = [signer.publicKey, next.publicKey];
    expect(await holder.apply(await signed({ number: 2, portalKeys }), null)).toBe(true);
    signer = next;
    expect(await holder.apply(await signed({ number: 3 }), null)).toBe(true);
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect((await restarted(holder)).inForce().bundle?.number).toBe(3);
  });

  it('lets nothing older come back, neither before it is stored nor after', async () => {
    let holder = await open();
    const older = await signed({ number: 2 });
    await block();
    expect(await holder.apply(await signed({ number: 3 }), null)).toBe(true);
    expect(await holder.apply(older, null)).toBe(false);
    expect(holder.failure()?.code).toBe('bundle_older');
    expect(holder.inForce().bundle?.number).toBe(3);
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    holder = await restarted(holder);
    expect(await holder.apply(older, null)).toBe(false);
    // What was reached is known also where both copies are gone.
    for (const name of ['bundle.jws', 'bundle.copy.jws']) await rm(join(folder, name));
    holder = await restarted(holder);
    expect(holder.inForce().condition).toBe('noBundle');
    expect(await holder.apply(older, null)).toBe(false);
    expect(holder.failure()?.code).toBe('bundle_older');
  });

  it('has the older bundle after a restart, with what was noted of the time', async () => {
    const holder = await open(3_600_000);
    const first = await readFile(blocked());
    await block();
    const before = clock;
    passed += 20 * day;
    clock += 20 * day;
    expect(await holder.apply(await signed({ number: 2 }), null)).toBe(true);
    await holder.noteTime();
    clock = before;
    await rm(blocked(), { recursive: true });
    await writeFile(blocked(), first);
    const again = await restarted(holder);
    expect(again.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 1 } });
    passed += 11 * day;
    expect(conditionNow(again)).toBe('expired');
  });

  it('stays revoked after a restart until a bundle that ended it is stored', async () => {
    const holder = await open();
    await holder.revoke();
    await block();
    expect(await holder.apply(await signed({ number: 2 }), null)).toBe(true);
    expect(conditionNow(holder)).toBe('inForce');
    expect(await readdir(folder)).toContain('revoked');
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect(await readdir(folder)).not.toContain('revoked');
  });

  it('forgets no revocation that came after a bundle that couldn’t be stored', async () => {
    const holder = await open();
    await block();
    expect(await holder.apply(await signed({ number: 2 }), null)).toBe(true);
    await holder.revoke();
    expect(await readdir(folder)).toContain('revoked');
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect((await restarted(holder)).inForce()).toMatchObject({
      condition: 'revoked',
      bundle: { number: 2 },
    });
  });
});

describe('a bundle that can’t be applied', () => {
  it('has a reason that portals take, however long what it came from is', async () => {
    const holder = await open();
    const jws = await signed({ number: 2, iss: `https://${'elsewhere.'.repeat(90)}example` });
    expect(await holder.apply(jws, null)).toBe(false);
    expect(gateReport.shape.failed.parse(holder.failure())).toMatchObject({
      code: 'bundle_portal',
    });
  });
});

describe('a clock that was set back', () => {
  it('keeps no bundle in force for longer than its days', async () => {
    const holder = await open();
    clock -= 365 * day;
    passed += 29 * day;
    expect(conditionNow(holder)).toBe('inForce');
    passed += 2 * day;
    expect(conditionNow(holder)).toBe('expired');
    clock += 365 * day;
    expect(conditionNow(holder)).toBe('expired');
  });

  it('nor does it with restarts in between', async () => {
    clock -= 365 * day;
    let holder = await open();
    for (let days = 0; days < 29; days += 1) {
      passed += day;
      await holder.noteTime();
      holder = await restarted(holder);
      expect(conditionNow(holder)).toBe('inForce');
    }
    passed += 2 * day;
    expect(conditionNow(holder)).toBe('expired');
  });

  it('lets a new bundle count from when it was signed', async () => {
    const holder = await open();
    const before = clock;
    passed += 40 * day;
    await holder.noteTime();
    clock = before + 10 * day;
    // The portal's clock had been fast as well.
    expect(await holder.apply(await signed({ number: 2 }), null)).toBe(true);
    expect(conditionNow(holder)).toBe('inForce');
    expect(conditionNow(await restarted(holder))).toBe('inForce');
  });
});

describe('a clock that was fast for a moment', () => {
  it('costs nothing once it is right again', async () => {
    const holder = await open();
    clock += 3650 * day;
    expect(conditionNow(holder)).toBe('expired');
    await holder.noteTime();
    clock -= 3650 * day;
    expect(conditionNow(await restarted(holder))).toBe('inForce');
  });
});
