import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import {
  enrolmentAnswer,
  gatePaths,
  keysAnswer,
  type PublicKey,
} from '../contract/gate-protocol.ts';
import { syncFolder } from '../server/whole-file.ts';
import { gatehouseVersion } from '../server/version.ts';
import { authorize } from './assertion.ts';
import { createBundleStore } from './bundle-store.ts';
import { clockFailure } from './failure-words.ts';
import { GateError } from './gate-error.ts';
import { makeGateKey, storeGateKey } from './gate-key.ts';
import { findIdentity, gateFolder, storeIdentity, type StoredIdentity } from './identity.ts';
import { jsonOf, PortalRefused, refusalOf } from './portal-client.ts';
import { type PortalAnswer, type PortalTransport } from './portal-transport.ts';
import { preparePrivateFolder } from './private-folder.ts';
import { BundleError, checkExpiry, verifyBundle } from './verify-bundle.ts';

export interface EnrolmentOptions {
  readonly dataDir: string;
  readonly portalUrl: string;
  /** What the portal showed: the SHA-256 thumbprint of its signing key (RFC 7638), base64url. */
  readonly fingerprint: string;
  readonly token: string;
  /** The origin that people open the console by. */
  readonly publicUrl: string;
  /** An old enrolment gives way. */
  readonly replace: boolean;
  readonly transport: PortalTransport;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Enrols this machine as the gate of the sensor that the token is for. Nothing is written before
 * everything has been verified, and one file put in place is what makes it count. Throws GateError.
 */
export async function enrolGate(options: EnrolmentOptions): Promise<StoredIdentity> {
  const { dataDir, portalUrl, token, publicUrl, replace, transport, now } = options;
  await requireRoom(dataDir, replace);
  const { keys, clockOffset } = await pinnedKeys(options);
  const key = await makeGateKey();
  const body = JSON.stringify({
    token,
    publicKey: key.publicKey,
    software: gatehouseVersion,
    origin: publicUrl,
  });
  const answer = await transport.send({
    method: 'POST',
    path: gatePaths.enrolments,
    body,
    headers: {
      authorization: await authorize(key, {
        issuer: key.publicKey.kid,
        portalUrl,
        method: 'POST',
        path: gatePaths.enrolments,
        body,
        now: now() - clockOffset,
      }),
    },
  });
  if (answer.status >= 300) throw inWords(answer, now());
  const enrolled = parsed(enrolmentAnswer, answer, portalUrl);
  const { gateId, sensorId, sensorName, siteName } = enrolled;
  const identity = { gateId, sensorId, sensorName, siteName, portalUrl, publicUrl };
  const verified = await inBundleWords(async () => {
    const found = await verifyBundle(enrolled.bundle, { portalUrl, gateId, sensorId, keys });
    checkExpiry(found.bundle, now(), clockOffset);
    return found;
  });

  const folder = gateFolder(dataDir, gateId);
  const before = await findIdentity(dataDir).catch(() => null);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await syncFolder(dirname(folder));
  await storeGateKey(folder, 'key', key);
  await createBundleStore(folder, { portalUrl, gateId, sensorId }).store(verified);
  await storeIdentity(dataDir, identity);
  if (before !== null && before.gateId !== gateId) {
    await rm(gateFolder(dataDir, before.gateId), { recursive: true, force: true });
  }
  return identity;
}

async function requireRoom(dataDir: string, replace: boolean): Promise<void> {
  await preparePrivateFolder(dataDir);
  if (replace) return;
  const there = await findIdentity(dataDir);
  if (there === null) return;
  throw new GateError(
    'enrolled_already',
    `This is the gate of ${there.sensorName} (${there.siteName}) at ${there.portalUrl} already. To enrol it anew, ` +
      'add --replace: the old key is removed then. For a second gate on this machine, set GATEHOUSE_GATE_DATA_DIR.',
  );
}

/** The portal's keys, the one that was shown to the administrator among them. */
async function pinnedKeys(
  options: EnrolmentOptions,
): Promise<{ keys: PublicKey[]; clockOffset: number }> {
  const { portalUrl, fingerprint, transport, now } = options;
  const answer = await transport.send({ method: 'GET', path: gatePaths.keys });
  if (answer.status >= 300) throw inWords(answer, now());
  const clockOffset = answer.clockOffset ?? 0;
  const clock = clockFailure(clockOffset);
  if (clock !== null) throw new GateError(clock.code, `${clock.detail}\nThen enrol again.`);
  const { keys } = parsed(keysAnswer, answer, portalUrl);
  // Computed here: what a key calls itself proves nothing.
  const thumbprints = await Promise.all(keys.map((key) => calculateJwkThumbprint(key, 'sha256')));
  const pinned = keys.filter((_key, index) => thumbprints[index] === fingerprint);
  if (pinned.length > 0) return { keys: pinned, clockOffset };
  throw new GateError(
    'fingerprint_mismatch',
    `STOP: what answers at ${portalUrl} is not the portal that the fingerprint belongs to.\n` +
      `  expected  ${fingerprint}\n  found     ${thumbprints.join(', ')}\n` +
      'Either the command is of another portal (or older than its keys: ask for a new one on the sensor’s page), or ' +
      'somebody stands between. Nothing was sent, nothing was written.',
  );
}

function parsed<T>(
  schema: { safeParse: (value: unknown) => { success: true; data: T } | { success: false } },
  answer: PortalAnswer,
  portalUrl: string,
): T {
  const result = schema.safeParse(jsonOf(answer.text));
  if (result.success) return result.data;
  throw new GateError(
    'not_a_portal',
    `What answers at ${portalUrl} isn’t a portal that knows gates: check the address, and the portal’s version.`,
  );
}

function inWords(answer: PortalAnswer, now: number): GateError {
  const refusal = refusalOf(answer, now);
  if (!(refusal instanceof PortalRefused) || refusal.status >= 500) return refusal;
  const again = 'Ask for a new command: on the portal, the sensor’s page, Enrol gate.';
  return new GateError(
    refusal.code,
    refusal.status === 429 ? refusal.message : `${refusal.message}\n${again}`,
  );
}

async function inBundleWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    throw new GateError(
      error.code,
      `The portal enrolled this gate, but its first bundle can’t be taken: ${error.message} Nothing was written.`,
      { cause: error },
    );
  }
}
