import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
} from 'jose';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { publicKey, type PublicKey } from '../contract/gate-protocol.ts';
import { readIfThere, syncFolder, writeWholeFile } from '../server/whole-file.ts';
import { GateError } from './gate-error.ts';
import { requirePrivate } from './private-folder.ts';

/** The private half: made on the sensor, and never sent anywhere. */
const storedKey = publicKey.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/u) });

export interface GateKey {
  readonly publicKey: PublicKey;
  readonly privateKey: CryptoKey;
  /** As it is kept on disk. */
  readonly text: string;
}

/** Which of a gate's two keys: `next` only while a rotation is under way. */
export type KeyName = 'key' | 'next-key';

function fileOf(folder: string, name: KeyName): string {
  return join(folder, `${name}.json`);
}

export async function makeGateKey(): Promise<GateKey> {
  // The synchronous generateKeyPairSync can deadlock on export in Node 20.
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { d = '', x = '' } = await exportJWK(pair.privateKey);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d };
  return keyFrom({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

/** For the owner alone, as a whole or not at all. */
export async function storeGateKey(folder: string, name: KeyName, key: GateKey): Promise<void> {
  await writeWholeFile(fileOf(folder, name), key.text, 0o600);
}

/** Null where there is none. Throws GateError where others can read it, or it is damaged. */
export async function loadGateKey(folder: string, name: KeyName): Promise<GateKey | null> {
  const path = fileOf(folder, name);
  const text = await readIfThere(path);
  if (text === null) return null;
  await requirePrivate(path, '600');
  try {
    return await keyFrom(JSON.parse(text));
  } catch (error) {
    throw new GateError(
      'key_damaged',
      `${path} is damaged. Enrol this gate again: gatehouse gate enrol … --replace`,
      { cause: error },
    );
  }
}

/** The next key becomes the key: from one moment to the next, also for another process. */
export async function promoteNextKey(folder: string): Promise<void> {
  const path = fileOf(folder, 'key');
  await rename(fileOf(folder, 'next-key'), path);
  await syncFolder(dirname(path));
}

async function keyFrom(document: unknown): Promise<GateKey> {
  const jwk = storedKey.parse(document);
  const { d, ...rest } = jwk;
  const privateKey = await importJWK({ ...rest, d }, 'EdDSA');
  if (privateKey instanceof Uint8Array) throw new Error('not an asymmetric key');
  return { publicKey: rest, privateKey, text: JSON.stringify(jwk) };
}
