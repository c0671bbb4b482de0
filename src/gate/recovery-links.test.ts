import { readdir, mkdtemp, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRecoveryLink, redeemRecoveryLink } from './recovery-links.ts';

const now = Date.UTC(2026, 10, 22);
const minute = 60_000;
let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-recovery-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

async function newToken(): Promise<string> {
  const link = await makeRecoveryLink(dataDir, 'https://sensor.example.com', now);
  const [address, token = ''] = link.split('#token=');
  expect(address).toBe('https://sensor.example.com/_gatehouse/recover');
  return token;
}

describe('recovery links', () => {
  it('are good once', async () => {
    const token = await newToken();
    expect(await redeemRecoveryLink(dataDir, token, now)).toBe(true);
    expect(await redeemRecoveryLink(dataDir, token, now)).toBe(false);
  });

  it('are good once for many who come at the same moment', async () => {
    const token = await newToken();
    const tries = Array.from({ length: 20 }, () => redeemRecoveryLink(dataDir, token, now));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it('last 15 minutes, also where the clock is set back', async () => {
    expect(await redeemRecoveryLink(dataDir, await newToken(), now + 15 * minute - 1)).toBe(true);
    expect(await redeemRecoveryLink(dataDir, await newToken(), now + 15 * minute)).toBe(false);
    expect(await redeemRecoveryLink(dataDir, await newToken(), now - 1)).toBe(false);
  });

  it('are refused when they were never made, before any was too', async () => {
    expect(await redeemRecoveryLink(dataDir, 'x'.repeat(43), now)).toBe(false);
    await newToken();
    expect(await redeemRecoveryLink(dataDir, '../../etc/passwd', now)).toBe(false);
  });

  it('take no room on the disk: one that is full has nothing but names for them', async () => {
    await newToken();
    const folder = join(dataDir, 'recovery');
    const [file = ''] = await readdir(folder);
    // What a file system keeps with the name itself (ext4: up to 59 bytes).
    expect((await readlink(join(folder, file))).length).toBeLessThan(60);
  });

  it.each(['', 'x', '1 2 3', '-1 9', '1e3 9e99', '../key.json'])(
    'are none where something else lies there: %j',
    async (target) => {
      const token = await newToken();
      const [file = ''] = await readdir(join(dataDir, 'recovery'));
      const path = join(dataDir, 'recovery', file);
      await rm(path);
      await (target === '' ? writeFile(path, '') : symlink(target, path));
      expect(await redeemRecoveryLink(dataDir, token, now)).toBe(false);
    },
  );

  it('leave no token on disk, for the owner alone, and none that has expired', async () => {
    const token = await newToken();
    const folder = join(dataDir, 'recovery');
    const [file = ''] = await readdir(folder);
    expect(file + (await readlink(join(folder, file)))).not.toContain(token);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await makeRecoveryLink(dataDir, 'https://sensor.example.com', now + 16 * minute);
    expect(await readdir(folder)).not.toContain(file);
  });
});
