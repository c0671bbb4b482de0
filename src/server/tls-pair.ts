import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** What is wrong with a certificate or its key: names the variable, and says what to do. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  readonly code = 'tls_invalid';
}

export interface TlsFileNames {
  readonly certFile: string;
  readonly keyFile: string;
  /** The variables (or options) that named the files, for what is said of them. */
  readonly variables: { readonly cert: string; readonly key: string };
}

/** A certificate with its chain, and the key that fits it: checked, in PEM. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
  readonly leaf: X509Certificate;
  readonly expiresAt: Date;
}

/** What both files hold at this moment. */
export interface TlsFileContents {
  readonly cert: string;
  readonly key: string;
  /** Tells one state of the files from another. */
  readonly fingerprint: string;
}

/** Reads both files. Throws TlsError where one can't be read, or the key is open to everybody. */
export async function readTlsFiles(names: TlsFileNames): Promise<TlsFileContents> {
  const { certFile, keyFile, variables } = names;
  const cert = await readText(certFile, variables.cert);
  const { mode } = await stat(keyFile).catch((error: unknown) =>
    unreadable(keyFile, variables.key, error),
  );
  if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
    throw new TlsError(
      `${variables.key} names ${keyFile}, which everybody on this machine may use. Run: chmod 600 ${keyFile}`,
    );
  }
  const key = await readText(keyFile, variables.key);
  const fingerprint = createHash('sha256').update(cert).update('\0').update(key).digest('hex');
  return { cert, key, fingerprint };
}

/** Judges what the files hold. Throws TlsError with what is wrong. */
export function checkTlsPair(contents: TlsFileContents, names: TlsFileNames, now: Date): TlsPair {
  const { cert, key } = contents;
  const { certFile, variables } = names;
  const chain = readChain(cert, names);
  const [leaf] = chain;
  if (leaf === undefined) {
    throw new TlsError(
      `${variables.cert} names ${certFile}, which holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`,
    );
  }
  const privateKey = readKey(key, names);
  if (!leaf.checkPrivateKey(privateKey)) {
    const misplaced = chain.some((other) => other.checkPrivateKey(privateKey));
    throw new TlsError(
      misplaced
        ? `${variables.cert} names ${certFile}, where the server’s own certificate isn’t the first: put it above those of its issuers.`
        : `${variables.key} and ${variables.cert} don’t belong together: the key is that of another certificate than the first in ${certFile}.`,
    );
  }
  const expiresAt = new Date(leaf.validTo);
  if (expiresAt <= now) {
    throw new TlsError(
      `${variables.cert} names ${certFile}, a certificate that expired at ${expiresAt.toISOString()}. Renew it.`,
    );
  }
  try {
    createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TlsError(`${variables.cert}: TLS refuses ${certFile} and its key: ${reason}.`);
  }
  return { cert, key, leaf, expiresAt };
}

async function readText(file: string, variable: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => unreadable(file, variable, error));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'this account may not read it',
  EISDIR: 'that is a folder',
};

function unreadable(file: string, variable: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  throw new TlsError(
    `${variable} names ${file}, but ${reasons[code] ?? `reading it fails with ${code}`}.`,
  );
}

function readChain(pem: string, { certFile, variables }: TlsFileNames): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/gu) ?? [];
  return blocks.map((block) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new TlsError(`${variables.cert} names ${certFile}, which holds a damaged certificate.`);
    }
  });
}

function readKey(pem: string, { keyFile, variables }: TlsFileNames): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const encrypted = code === 'ERR_MISSING_PASSPHRASE' || /-----BEGIN ENCRYPTED/u.test(pem);
    throw new TlsError(
      encrypted
        ? `${variables.key} names ${keyFile}, a key behind a passphrase, which nobody could enter at a restart. Remove it: openssl pkey -in ${keyFile} -out NEW`
        : `${variables.key} names ${keyFile}, which holds no private key in PEM (-----BEGIN PRIVATE KEY-----).`,
    );
  }
}
