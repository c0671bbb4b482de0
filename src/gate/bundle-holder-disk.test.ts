import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newSigner } from '../testing/bundle-signer.ts';
import { useBundleHolders } from '../testing/bundle-holders.ts';
import type { BundleHolder } from './bundle-holder.ts';

const day = 86_400_000;
const holding = await useBundleHolders();
const conditionNow = (holder: BundleHolder) => holder.inForce().condition;

describe('a disk that takes nothing', () => {
  /** What lies in the place of the file that bundles are stored in: no file can take that of a folder. */
  const blocked = (): string => join(holding.folder, 'bundle.jws');

  async function block(): Promise<void> {
    await rm(blocked());
    await mkdir(blocked());
  }

  it('stops no bundle: it is in force at once, stored as soon as that is possible', async () => {
    const holder = await holding.open();
    await block();
    const told: unknown[] = [];
    holder.onChange(({ bundle }) => told.push(bundle?.number));
    expect(await holder.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    expect(holder.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 2 } });
    expect([holder.failure(), told]).toEqual([null, [2]]);
    expect(holder.trouble()).toContain('bundle.jws');
    holder.confirm();
    expect(holder.trouble()).not.toBeNull();
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect(holding.troubles).toBe(2);
    expect((await holding.restarted(holder)).inForce().bundle?.number).toBe(2);
  });

  it('has the last one stored, of several', async () => {
    const holder = await holding.open();
    await block();
    const next = await newSigner();
    const portalKeys = [holding.signer.publicKey, next.publicKey];
    expect(await holder.apply(await holding.signed({ number: 2, portalKeys }), null)).toBe(true);
    holding.signer = next;
    expect(await holder.apply(await holding.signed({ number: 3 }), null)).toBe(true);
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect((await holding.restarted(holder)).inForce().bundle?.number).toBe(3);
  });

  it('lets nothing older come back, neither before it is stored nor after', async () => {
    let holder = await holding.open();
    const older = await holding.signed({ number: 2 });
    await block();
    expect(await holder.apply(await holding.signed({ number: 3 }), null)).toBe(true);
    expect(await holder.apply(older, null)).toBe(false);
    expect(holder.failure()?.code).toBe('bundle_older');
    expect(holder.inForce().bundle?.number).toBe(3);
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    holder = await holding.restarted(holder);
    expect(await holder.apply(older, null)).toBe(false);
    // What was reached is known also where both copies are gone.
    for (const name of ['bundle.jws', 'bundle.copy.jws']) await rm(join(holding.folder, name));
    holder = await holding.restarted(holder);
    expect(holder.inForce().condition).toBe('noBundle');
    expect(await holder.apply(older, null)).toBe(false);
    expect(holder.failure()?.code).toBe('bundle_older');
  });

  it('has the older bundle after a restart, with what was noted of the time', async () => {
    const holder = await holding.open(3_600_000);
    const first = await readFile(blocked());
    await block();
    const before = holding.clock;
    holding.passed += 20 * day;
    holding.clock += 20 * day;
    expect(await holder.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    await holder.noteTime();
    holding.clock = before;
    await rm(blocked(), { recursive: true });
    await writeFile(blocked(), first);
    const again = await holding.restarted(holder);
    expect(again.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 1 } });
    holding.passed += 11 * day;
    expect(conditionNow(again)).toBe('expired');
  });

  it('stays revoked after a restart until a bundle that ended it is stored', async () => {
    const holder = await holding.open();
    await holder.revoke();
    await block();
    expect(await holder.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    expect(conditionNow(holder)).toBe('inForce');
    expect(await readdir(holding.folder)).toContain('revoked');
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect(await readdir(holding.folder)).not.toContain('revoked');
  });

  it('forgets no revocation that came after a bundle that couldn’t be stored', async () => {
    const holder = await holding.open();
    await block();
    expect(await holder.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    await holder.revoke();
    expect(await readdir(holding.folder)).toContain('revoked');
    await rm(blocked(), { recursive: true });
    await expect.poll(() => holder.trouble()).toBeNull();
    expect((await holding.restarted(holder)).inForce()).toMatchObject({
      condition: 'revoked',
      bundle: { number: 2 },
    });
  });
});
