import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate, type Certificate } from '../testing/certificate.ts';
import { createHttpServer } from './http-server.ts';
import { watchTlsFiles, type TlsFiles, type TlsFilesOptions } from './tls-files.ts';

const day = 86_400_000;
const variables = { cert: 'GATEHOUSE_TLS_CERT_FILE', key: 'GATEHOUSE_TLS_KEY_FILE' };
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
};

let folder: string;
let logged: { level: string; message: string; fields: object }[];
let closing: (() => void)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-tls-'));
  logged = [];
  closing = [];
});

afterEach(async () => {
  for (const close of closing) close();
  await rm(folder, { recursive: true, force: true });
});

async function write({ cert, key }: Certificate, into = folder): Promise<void> {
  await writeFile(join(into, 'cert.pem'), cert);
  await writeFile(join(into, 'key.pem'), key, { mode: 0o600 });
}

async function watch(more: Partial<TlsFilesOptions> = {}): Promise<TlsFiles> {
  const note = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, message, fields });
  const files = await watchTlsFiles({
    certFile: join(folder, 'cert.pem'),
    keyFile: join(folder, 'key.pem'),
    variables,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    interval: 3_600_000,
    ...more,
  });
  closing.push(files.close);
  return files;
}

async function serve(files: TlsFiles): Promise<number> {
  const server = createHttpServer((_request, response) => response.end('over TLS'), limits, files);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** The fingerprint that a new connection is shown. */
async function shown(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const peer: PeerCertificate = socket.getPeerCertificate();
  socket.destroy();
  return peer.fingerprint256;
}

describe('watchTlsFiles', () => {
  it('serves https, with TLS 1.2 or newer', async () => {
    const certificate = await makeCertificate();
    await write(certificate);
    const port = await serve(await watch());
    const sent = request({ port, host: 'localhost', family: 4, ca: certificate.cert }).end();
    const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    expect(text).toBe('over TLS');

    const old = connect({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await expect(once(old, 'secureConnect')).rejects.toThrow(/alert|version|protocol/iu);
    expect(logged).toEqual([]);
  });

  it('takes a replaced pair without a restart, and leaves open connections alone', async () => {
    await write(await makeCertificate());
    const files = await watch({ interval: 20 });
    const port = await serve(files);
    const before = await shown(port);
    const open: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(open, 'secureConnect');

    await write(await makeCertificate());
    await expect.poll(() => shown(port)).not.toBe(before);
    open.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    const [answer] = (await once(open, 'data')) as [Buffer];
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /u);
    open.destroy();
  });

  it('follows a symbolic link that is swapped, and files that are renamed over', async () => {
    const [live, first, second] = ['live', 'first', 'second'].map((name) => join(folder, name));
    for (const each of [first, second]) {
      await mkdir(each ?? '');
      await write(await makeCertificate(), each);
    }
    await symlink(first ?? '', live ?? '');
    const files = await watch({
      certFile: join(live ?? '', 'cert.pem'),
      keyFile: join(live ?? '', 'key.pem'),
    });
    const port = await serve(files);
    const before = await shown(port);
    await symlink(second ?? '', join(folder, 'next'));
    await rename(join(folder, 'next'), live ?? '');
    await files.reload();
    const swapped = await shown(port);
    expect(swapped).not.toBe(before);

    await write(await makeCertificate());
    for (const name of ['key.pem', 'cert.pem']) {
      await rename(join(folder, name), join(second ?? '', name));
    }
    await files.reload();
    expect(await shown(port)).not.toBe(swapped);
  });

  it('keeps the pair in use while the files are half written, gone or out of date', async () => {
    const certificate = await makeCertificate();
    await write(certificate);
    const files = await watch();
    const port = await serve(files);
    const before = await shown(port);
    const next = await makeCertificate();
    const broken: Certificate[] = [
      { ...certificate, cert: next.cert },
      { ...next, cert: next.cert.slice(0, 200) },
      { ...next, key: '' },
      await makeCertificate({ from: new Date('2020-01-01'), until: new Date('2021-01-01') }),
    ];
    for (const pair of broken) {
      await write(pair);
      await files.reload();
      await files.reload();
    }
    await rm(join(folder, 'key.pem'));
    await files.reload();
    expect(await shown(port)).toBe(before);
    expect(logged.map(({ message }) => message)).toEqual(
      Array.from({ length: 5 }, () => 'the certificate in use stays'),
    );

    await write(next);
    await files.reload();
    expect(await shown(port)).not.toBe(before);
    expect(files.certificateExpiresAt().getTime()).toBeGreaterThan(Date.now() + 89 * day);
  });

  it('warns 30, 14, 7 and 1 days before the end, once each, and when it is over', async () => {
    const until = new Date('2031-06-30T12:00:00Z');
    await write(await makeCertificate({ until }));
    let now = new Date(until.getTime() - 31 * day);
    const told: number[] = [];
    const files = await watch({
      now: () => now,
      onExpiry: (days, at) => {
        expect(at).toEqual(until);
        told.push(days);
      },
    });
    for (const daysLeft of [30.5, 29.5, 20, 13.5, 7, 6, 2, 0.5, 0.4, -1, -2]) {
      now = new Date(until.getTime() - daysLeft * day);
      await files.reload();
    }
    expect(told).toEqual([29, 13, 7, 0, 0]);
    expect(logged.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn', 'warn', 'error']);
    expect(logged[0]?.message).toBe('the certificate expires within 30 days: renew it');
  });

  it('says that a certificate is for another host', async () => {
    await write(await makeCertificate({ names: ['gate.example.com'] }));
    await watch({ hostname: 'gate.example.com' });
    await watch({ hostname: '127.0.0.1' });
    expect(logged).toEqual([]);
    await watch({ hostname: 'other.example.com' });
    expect(logged).toMatchObject([{ level: 'warn', message: expect.stringContaining('hosts') }]);
  });
});
