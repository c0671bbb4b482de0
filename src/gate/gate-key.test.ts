import { CompactSign, compactVerify, importJWK } from 'jose';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publicKey } from '../contract/gate-protocol.ts';
import { loadGateKey, makeGateKey, promoteNextKey, storeGateKey } from './gate-key.ts';
import { findIdentity, requireIdentity, storeIdentity } from './identity.ts';
import { preparePrivateFolder } from './private-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'gatehouse-key-')), 'data');
  await preparePrivateFolder(folder);
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

describe('the key of a gate', () => {
  it('signs the same after it was loaded, and shows no private half', async () => {
    const made = await makeGateKey();
    expect(publicKey.parse(made.publicKey)).toEqual(made.publicKey);
    await storeGateKey(folder, 'key', made);
    const loaded = await loadGateKey(folder, 'key');
    if (loaded === null) throw new Error('no key');
    expect(loaded.publicKey).toEqual(made.publicKey);
    const jws = await new CompactSign(Buffer.from('x'))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(loaded.privateKey);
    await compactVerify(jws, await importJWK(made.publicKey, 'EdDSA'));
  });

  it('is its owner’s alone', async () => {
    await storeGateKey(folder, 'key', await makeGateKey());
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'key.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['key.json']);
  });

  it('is refused when others can read it, or the folder', async () => {
    await storeGateKey(folder, 'key', await makeGateKey());
    await chmod(join(folder, 'key.json'), 0o640);
    await expect(loadGateKey(folder, 'key')).rejects.toMatchObject({
      code: 'readable_by_others',
      message: expect.stringContaining('chmod 600'),
    });
    await chmod(folder, 0o750);
    await expect(preparePrivateFolder(folder)).rejects.toThrow(/chmod 700/);
  });

  it('is refused when it is damaged', async () => {
    await writeFile(join(folder, 'key.json'), '{"kty":"OKP"', { mode: 0o600 });
    await expect(loadGateKey(folder, 'key')).rejects.toMatchObject({ code: 'key_damaged' });
  });

  it('gives way to the next one', async () => {
    const [first, next] = [await makeGateKey(), await makeGateKey()];
    await storeGateKey(folder, 'key', first);
    await storeGateKey(folder, 'next-key', next);
    await promoteNextKey(folder);
    expect((await loadGateKey(folder, 'key'))?.publicKey).toEqual(next.publicKey);
    expect(await loadGateKey(folder, 'next-key')).toBeNull();
  });
});

describe('the identity of a gate', () => {
  const identity = {
    gateId: '88888888-0000-4000-8000-000000000001',
    sensorId: '77777777-0000-4000-8000-000000000001',
    sensorName: 'ANT-B2-07',
    siteName: 'Antwerp',
    portalUrl: 'https://gatehouse.example.com',
    publicUrl: 'https://sensor.example.com',
  };

  it('is kept', async () => {
    await storeIdentity(folder, identity);
    expect(await requireIdentity(folder)).toEqual(identity);
  });

  it('is asked for in words where there is none', async () => {
    expect(await findIdentity(folder)).toBeNull();
    await expect(requireIdentity(folder)).rejects.toThrow(/select Enrol gate/);
  });

  it('is never guessed from a damaged file', async () => {
    await writeFile(join(folder, 'gate.json'), '{"gateId":"../../etc"}');
    await expect(findIdentity(folder)).rejects.toMatchObject({ code: 'identity_damaged' });
  });
});
