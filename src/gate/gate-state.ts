import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readIfThere } from '../server/whole-file.ts';
import { inForceOf } from './bundle-holder.ts';
import { revokedMark } from './bundle-keeper.ts';
import { createBundleStore } from './bundle-store.ts';
import { journalName, readQueueState } from './event-queue.ts';
import { loadGateKey } from './gate-key.ts';
import { gateFolder, type StoredIdentity } from './identity.ts';
import type { InForce } from './in-force.ts';
import { notedTime } from './least-time.ts';

/** What a data directory says of its gate, whether that runs or not. */
export interface GateState extends InForce {
  readonly keyFingerprint: string | null;
  /** Events that the portal doesn't have. */
  readonly queued: number;
}

/** Only reads. `now`: milliseconds since 1970. */
export async function readGateState(
  dataDir: string,
  identity: StoredIdentity,
  now: number,
): Promise<GateState> {
  const folder = gateFolder(dataDir, identity.gateId);
  const { verified } = await createBundleStore(folder, identity).load();
  const least = verified === null ? 0 : await notedTime(folder, verified.bundle);
  const revoked = (await readIfThere(join(folder, revokedMark))) !== null;
  return {
    ...inForceOf(verified?.bundle ?? null, revoked, Math.max(now, least)),
    keyFingerprint: (await loadGateKey(folder, 'key'))?.publicKey.kid ?? null,
    queued: await countQueued(join(dataDir, 'events')),
  };
}

/** Without the queue, which belongs to the gate that runs. */
async function countQueued(folder: string): Promise<number> {
  const state = await readQueueState(folder);
  if (state === null) return 0;
  let queued = 0;
  for await (const line of createInterface(createReadStream(join(folder, journalName)))) {
    const sequence = Number(/"sequence":(\d+)/u.exec(line)?.[1] ?? 0);
    if (sequence > state.acknowledged) queued += 1;
  }
  return queued;
}
