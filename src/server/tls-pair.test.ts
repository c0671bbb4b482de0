import { createPrivateKey } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate, type Certificate } from '../testing/certificate.ts';
import { checkTlsPair, readTlsFiles, TlsError, type TlsFileNames } from './tls-pair.ts';

let folder: string;
let names: TlsFileNames;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-pair-'));
  names = {
    certFile: join(folder, 'cert.pem'),
    keyFile: join(folder, 'key.pem'),
    variables: { cert: 'THE_CERT_FILE', key: 'THE_KEY_FILE' },
  };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function check({ cert, key }: Certificate, now = new Date()): Promise<unknown> {
  await writeFile(names.certFile, cert);
  await writeFile(names.keyFile, key, { mode: 0o600 });
  return checkTlsPair(await readTlsFiles(names), names, now);
}

function encrypted(key: string): string {
  return createPrivateKey(key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString();
}

describe('a certificate and its key', () => {
  it('pass with the chain behind the certificate', async () => {
    const { cert, key } = await makeCertificate();
    const issuer = await makeCertificate({ names: ['issuer.example.com'] });
    expect(await check({ cert: cert + issuer.cert, key })).toMatchObject({ key });
  });

  it('are refused in words that name the variable and the file', async () => {
    const [one, other] = [await makeCertificate(), await makeCertificate()];
    const expired = await makeCertificate({ until: new Date('2021-01-01T00:00:00Z') });
    const wrong: [Certificate, RegExp][] = [
      [{ ...one, key: other.key }, /^THE_KEY_FILE and THE_CERT_FILE don’t belong together/u],
      [{ ...one, cert: other.cert + one.cert }, /^THE_CERT_FILE .* isn’t the first/u],
      [{ ...one, cert: 'nothing' }, /^THE_CERT_FILE .* holds no certificate/u],
      [{ ...one, cert: one.cert.replace('MII', 'AAA') }, /THE_CERT_FILE .* damaged|no cert/u],
      [{ ...one, key: one.cert }, /^THE_KEY_FILE .* holds no private key/u],
      [{ ...one, key: encrypted(one.key) }, /^THE_KEY_FILE .* passphrase.*openssl pkey/u],
      [expired, /^THE_CERT_FILE .* expired at 2021-01-01T00:00:00\.000Z\. Renew it\.$/u],
    ];
    for (const [pair, words] of wrong) {
      const failure = check(pair);
      await expect(failure).rejects.toBeInstanceOf(TlsError);
      await expect(failure).rejects.toThrow(words);
      await expect(failure).rejects.toThrow(folder);
    }
  });

  it('are refused where a file is missing', async () => {
    await expect(readTlsFiles(names)).rejects.toThrow(
      `THE_CERT_FILE names ${names.certFile}, but there is no such file.`,
    );
    await writeFile(names.certFile, '');
    await expect(readTlsFiles(names)).rejects.toThrow(/^THE_KEY_FILE .*no such file/u);
    await expect(readTlsFiles({ ...names, certFile: folder })).rejects.toThrow('a folder');
  });

  it('are refused while everybody may read the key', async () => {
    await check(await makeCertificate());
    await chmod(names.keyFile, 0o644);
    await expect(readTlsFiles(names)).rejects.toThrow(`Run: chmod 600 ${names.keyFile}`);
    await chmod(names.keyFile, 0o640);
    await expect(readTlsFiles(names)).resolves.toBeDefined();
  });
});
