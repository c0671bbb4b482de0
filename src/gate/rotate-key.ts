import { gatePaths } from '../contract/gate-protocol.ts';
import { authorize, signAssertion } from './assertion.ts';
import { GateError } from './gate-error.ts';
import { loadGateKey, makeGateKey, storeGateKey } from './gate-key.ts';
import { gateFolder, type StoredIdentity } from './identity.ts';
import { createKeyRing } from './key-ring.ts';
import { refusalOf } from './portal-client.ts';
import type { PortalTransport } from './portal-transport.ts';

export interface RotationOptions {
  readonly dataDir: string;
  readonly identity: StoredIdentity;
  readonly transport: PortalTransport;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Gives this gate another key, while it runs. The next key is on the disk before the portal hears of
 * it, and the old one counts until the next has been used: a crash at any moment leaves a key that
 * works. Run again it goes on where it stopped. Resolves to the new key's fingerprint.
 */
export async function rotateGateKey(options: RotationOptions): Promise<string> {
  const { dataDir, identity, transport, now } = options;
  const { gateId, portalUrl } = identity;
  const folder = gateFolder(dataDir, gateId);
  const ring = createKeyRing(folder);
  const current = await ring.current();
  let next = await loadGateKey(folder, 'next-key');
  if (next === null) {
    next = await makeGateKey();
    await storeGateKey(folder, 'next-key', next);
  }

  const { clockOffset } = await transport.send({ method: 'GET', path: gatePaths.keys });
  const asserted = {
    issuer: gateId,
    portalUrl,
    method: 'PUT',
    path: gatePaths.key,
    now: now() - (clockOffset ?? 0),
  } as const;
  const proof = await signAssertion(next, asserted);
  const body = JSON.stringify({ publicKey: next.publicKey, proof });
  const answer = await transport.send({
    method: 'PUT',
    path: gatePaths.key,
    body,
    headers: { authorization: await authorize(current, { ...asserted, body }) },
  });
  if (answer.status >= 300) {
    const refusal = refusalOf(answer, now());
    throw new GateError(refusal.code, `The key was not changed. ${refusal.message}`);
  }
  await ring.promote();
  return next.publicKey.kid;
}
