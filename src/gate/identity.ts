import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writeWholeFile } from '../server/whole-file.ts';
import { GateError } from './gate-error.ts';

/**
 * What an enrolment leaves. Everything else of the same enrolment (key, bundle) lies in a folder of
 * its own, so that this one file is what takes the old one's place.
 */
const storedIdentity = z.object({
  gateId: z.string().regex(/^[\w-]{1,100}$/u),
  sensorId: z.string(),
  sensorName: z.string(),
  siteName: z.string(),
  portalUrl: z.string(),
  /** As it was said at the enrolment. */
  publicUrl: z.string(),
});

export type StoredIdentity = z.output<typeof storedIdentity>;

function fileOf(dataDir: string): string {
  return join(dataDir, 'gate.json');
}

/** Where key and bundle of an enrolment lie. */
export function gateFolder(dataDir: string, gateId: string): string {
  return join(dataDir, 'gates', gateId);
}

export async function storeIdentity(dataDir: string, identity: StoredIdentity): Promise<void> {
  await writeWholeFile(fileOf(dataDir), `${JSON.stringify(identity, null, 2)}\n`, 0o600);
}

/** Null where this gate was never enrolled. */
export async function findIdentity(dataDir: string): Promise<StoredIdentity | null> {
  const text = await readIfThere(fileOf(dataDir));
  if (text === null) return null;
  try {
    return storedIdentity.parse(JSON.parse(text));
  } catch (error) {
    throw new GateError(
      'identity_damaged',
      `${fileOf(dataDir)} is damaged. Enrol this gate again: gatehouse gate enrol … --replace`,
      { cause: error },
    );
  }
}

export async function requireIdentity(dataDir: string): Promise<StoredIdentity> {
  const identity = await findIdentity(dataDir);
  if (identity !== null) return identity;
  throw new GateError(
    'not_enrolled',
    `No gate was enrolled in ${dataDir}. On the portal open the sensor’s page, select Enrol gate, and run the ` +
      'command that it shows here; or set GATEHOUSE_GATE_DATA_DIR to the folder of the gate that is.',
  );
}
