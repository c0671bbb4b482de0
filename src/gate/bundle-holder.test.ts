import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateReport } from '../contract/gate-report.ts';
import { useBundleHolders } from '../testing/bundle-holders.ts';
import type { BundleHolder } from './bundle-holder.ts';

const day = 86_400_000;
const holding = await useBundleHolders();
const conditionNow = (holder: BundleHolder) => holder.inForce().condition;

describe('a revoked gate', () => {
  it('stays so through a restart, with the bundle that it had, until there is a new one', async () => {
    const first = await holding.open();
    await first.revoke();
    const second = await holding.restarted(first);
    expect(second.inForce()).toMatchObject({ condition: 'revoked', bundle: { number: 1 } });
    expect(await second.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    const third = await holding.restarted(second);
    expect(third.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 2 } });
  });

  it('takes no room on the disk: it may be full', async () => {
    const before = await stat(join(holding.folder, 'bundle.jws'));
    await (await holding.open()).revoke();
    expect((await stat(join(holding.folder, 'revoked'))).ino).toBe(before.ino);
  });

  it('is revoked at once where the disk takes nothing, and notes it as soon as it does', async () => {
    const holder = await holding.open();
    await rm(holding.folder, { recursive: true });
    await holder.revoke();
    expect(conditionNow(holder)).toBe('revoked');
    await mkdir(holding.folder);
    await expect.poll(() => readdir(holding.folder)).toEqual(['revoked']);
  });

  it('that isn’t any more leaves no note behind', async () => {
    const holder = await holding.open();
    await rm(holding.folder, { recursive: true });
    await holder.revoke();
    await mkdir(holding.folder);
    expect(await holder.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    expect(conditionNow(holder)).toBe('inForce');
    expect(await readdir(holding.folder)).not.toContain('revoked');
    expect(conditionNow(await holding.restarted(holder))).toBe('inForce');
  });
});

describe('a bundle that can’t be applied', () => {
  it('has a reason that portals take, however long what it came from is', async () => {
    const holder = await holding.open();
    const jws = await holding.signed({
      number: 2,
      iss: `https://${'elsewhere.'.repeat(90)}example`,
    });
    expect(await holder.apply(jws, null)).toBe(false);
    expect(gateReport.shape.failed.parse(holder.failure())).toMatchObject({
      code: 'bundle_portal',
    });
  });
});

describe('a clock that was set back', () => {
  it('keeps no bundle in force for longer than its days', async () => {
    const holder = await holding.open();
    holding.clock -= 365 * day;
    holding.passed += 29 * day;
    expect(conditionNow(holder)).toBe('inForce');
    holding.passed += 2 * day;
    expect(conditionNow(holder)).toBe('expired');
    holding.clock += 365 * day;
    expect(conditionNow(holder)).toBe('expired');
  });

  it('nor does it with restarts in between', async () => {
    holding.clock -= 365 * day;
    let holder = await holding.open();
    for (let days = 0; days < 29; days += 1) {
      holding.passed += day;
      await holder.noteTime();
      holder = await holding.restarted(holder);
      expect(conditionNow(holder)).toBe('inForce');
    }
    holding.passed += 2 * day;
    expect(conditionNow(holder)).toBe('expired');
  });

  it('lets a new bundle count from when it was signed', async () => {
    const holder = await holding.open();
    const before = holding.clock;
    holding.passed += 40 * day;
    await holder.noteTime();
    holding.clock = before + 10 * day;
    // The portal's clock had been fast as well.
    expect(await holder.apply(await holding.signed({ number: 2 }), null)).toBe(true);
    expect(conditionNow(holder)).toBe('inForce');
    expect(conditionNow(await holding.restarted(holder))).toBe('inForce');
  });
});

describe('a clock that was fast for a moment', () => {
  it('costs nothing once it is right again', async () => {
    const holder = await holding.open();
    holding.clock += 3650 * day;
    expect(conditionNow(holder)).toBe('expired');
    await holder.noteTime();
    holding.clock -= 3650 * day;
    expect(conditionNow(await holding.restarted(holder))).toBe('inForce');
  });
});
