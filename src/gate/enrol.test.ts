import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPortalStub, type PortalStub } from '../testing/portal-stub.ts';
import { newSigner, sampleBundle } from '../testing/bundle-signer.ts';
import { createBundleStore } from './bundle-store.ts';
import { enrolGate, type EnrolmentOptions } from './enrol.ts';
import { loadGateKey, storeGateKey, makeGateKey } from './gate-key.ts';
import { gateFolder, requireIdentity } from './identity.ts';
import { createPortalTransport } from './portal-transport.ts';
import { rotateGateKey } from './rotate-key.ts';

let dataDir = '';
let portal: PortalStub;
const dispatcher = new Agent();

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'gatehouse-enrol-')), 'data');
  portal = await startPortalStub();
});
afterEach(async () => {
  await portal.close();
  await rm(join(dataDir, '..'), { recursive: true });
});

function options(changes: Partial<EnrolmentOptions> = {}): EnrolmentOptions {
  const portalUrl = changes.portalUrl ?? portal.origin;
  const now = changes.now ?? Date.now;
  return {
    dataDir,
    portalUrl,
    fingerprint: portal.signer.publicKey.kid,
    token: portal.token,
    publicUrl: 'https://sensor.example.com',
    replace: false,
    transport: createPortalTransport(portalUrl, dispatcher, now),
    now,
    ...changes,
  };
}

const written = (): Promise<string[]> => readdir(dataDir);

describe('enrolGate', () => {
  it('leaves key, identity and a verified bundle', async () => {
    const identity = await enrolGate(options());
    expect(await requireIdentity(dataDir)).toEqual(identity);
    expect(identity).toMatchObject({ sensorName: 'ANT-B2-07', portalUrl: portal.origin });
    const folder = gateFolder(dataDir, identity.gateId);
    const { verified } = await createBundleStore(folder, identity).load();
    expect(verified?.bundle.sensor.name).toBe('ANT-B2-07');
    expect((await loadGateKey(folder, 'key'))?.publicKey).toEqual(portal.keys[0]);
  });

  it('refuses a portal with another key, before it has told it anything', async () => {
    const fingerprint = (await newSigner()).publicKey.kid;
    await expect(enrolGate(options({ fingerprint }))).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
      message: expect.stringMatching(/STOP.*Nothing was sent/su),
    });
    expect(portal.keys).toEqual([]);
    expect(await written()).toEqual([]);
  });

  it('computes the thumbprint itself', async () => {
    const real = portal.signer;
    const posed = { ...(await newSigner()).publicKey, kid: real.publicKey.kid };
    portal.signer = { ...real, publicKey: posed };
    await expect(enrolGate(options())).rejects.toMatchObject({ code: 'fingerprint_mismatch' });
  });

  it('says what to do about a token that was used or is over', async () => {
    await expect(enrolGate(options({ token: 'x'.repeat(40) }))).rejects.toMatchObject({
      code: 'enrolment_token_invalid',
      message: expect.stringContaining('Ask for a new command'),
    });
    expect(await written()).toEqual([]);
  });

  it('refuses while the clock is off, before the token is spent', async () => {
    const now = (): number => Date.now() + 2 * 3_600_000;
    await expect(enrolGate(options({ now }))).rejects.toMatchObject({
      code: 'clock_off',
      message: expect.stringContaining('2 hours fast'),
    });
    expect(portal.keys).toEqual([]);
  });

  it('says that a portal can’t be reached, and why', async () => {
    const { origin } = portal;
    await portal.close();
    await expect(enrolGate(options())).rejects.toMatchObject({
      code: 'tcp_refused',
      message: expect.stringContaining(origin),
    });
    await portal.listen();
    await expect(enrolGate(options({ portalUrl: 'http://portal.invalid' }))).rejects.toMatchObject({
      code: expect.stringMatching(/^dns_/u),
    });
  });

  it('refuses a first bundle that isn’t good, and writes nothing', async () => {
    const jws = await portal.signer.sign(
      sampleBundle([portal.signer.publicKey], { iss: portal.origin, aud: 'another' }),
    );
    portal.rawBundle = { jws, tag: 'x' };
    await expect(enrolGate(options())).rejects.toMatchObject({ code: 'bundle_gate' });
    expect(await written()).toEqual([]);
  });

  it('replaces an enrolment only when told to', async () => {
    const first = await enrolGate(options());
    const before = await loadGateKey(gateFolder(dataDir, first.gateId), 'key');
    await expect(enrolGate(options())).rejects.toMatchObject({ code: 'enrolled_already' });
    const second = await enrolGate(options({ replace: true }));
    const after = await loadGateKey(gateFolder(dataDir, second.gateId), 'key');
    expect(after?.publicKey).not.toEqual(before?.publicKey);
  });
});

describe('rotateGateKey', () => {
  const rotation = async () => ({
    dataDir,
    identity: await requireIdentity(dataDir),
    transport: createPortalTransport(portal.origin, dispatcher, Date.now),
    now: Date.now,
  });

  it('announces the next key by both, and then signs with it', async () => {
    const { gateId } = await enrolGate(options());
    const fingerprint = await rotateGateKey(await rotation());
    const folder = gateFolder(dataDir, gateId);
    expect((await loadGateKey(folder, 'key'))?.publicKey.kid).toBe(fingerprint);
    expect(portal.keys.map(({ kid }) => kid)).toContain(fingerprint);
  });

  it('goes on with the key that a crash left behind', async () => {
    const { gateId } = await enrolGate(options());
    const next = await makeGateKey();
    await storeGateKey(gateFolder(dataDir, gateId), 'next-key', next);
    expect(await rotateGateKey(await rotation())).toBe(next.publicKey.kid);
  });

  it('keeps the old key when the portal refuses', async () => {
    const { gateId } = await enrolGate(options());
    const before = portal.keys[0];
    portal.refusal = { status: 401, code: 'gate_revoked' };
    await expect(rotateGateKey(await rotation())).rejects.toThrow(/key was not changed/);
    const key = await loadGateKey(gateFolder(dataDir, gateId), 'key');
    expect(key?.publicKey).toEqual(before);
  });
});
