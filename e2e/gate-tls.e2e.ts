import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateStatus } from '../src/contract/gate-page.ts';
import { makeCertificate, type Certificate } from '../src/testing/certificate.ts';
import { freePort } from './free-ports.ts';
import { readableFolder, removeFolder } from './beside.ts';
import { ask, startGateWorld, type GateWorld } from './gate-world.ts';

describe('a gate with a certificate of its own', () => {
  let folder: string;
  let port: number;
  let first: Certificate;
  let gates: GateWorld;
  const write = async ({ cert, key }: Certificate): Promise<void> => {
    await writeFile(join(folder, 'sensor.crt'), cert);
    await writeFile(join(folder, 'sensor.key'), key, { mode: 0o600 });
  };
  const shown = async (): Promise<string> => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };
  beforeAll(async () => {
    folder = await readableFolder('tls');
    port = await freePort();
    first = await makeCertificate();
    await write(first);
    gates = await startGateWorld();
    await gates.startGate('Antwerp/Tank farm/ANT-TF-01', {
      port,
      publicUrl: `https://localhost:${port}`,
      env: {
        GATEHOUSE_GATE_TLS_CERT_FILE: join(folder, 'sensor.crt'),
        GATEHOUSE_GATE_TLS_KEY_FILE: join(folder, 'sensor.key'),
      },
    });
  });
  afterAll(async () => {
    await gates.close();
    await removeFolder(folder);
  });

  it('serves https, and a new certificate without a restart', async () => {
    const status = `https://localhost:${port}/_gatehouse/api/status`;
    const { text } = await ask(status, { ca: first.cert });
    expect(gateStatus.parse(JSON.parse(text))).toMatchObject({ refusal: null, certificate: null });
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow('fetch failed');
    const before = await shown();
    const next = await makeCertificate({ until: new Date(Date.now() + 6.5 * 86_400_000) });
    await write(next);
    await expect.poll(shown, { timeout: 60_000, interval: 500 }).not.toBe(before);
    const later = await ask(status, { ca: next.cert });
    expect(gateStatus.parse(JSON.parse(later.text)).certificate).toMatch(/expires/u);
  });
});
