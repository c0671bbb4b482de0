import { readGateConfig, type GateConfig } from '../gate/config.ts';
import { requireIdentity, type StoredIdentity } from '../gate/identity.ts';

/** The configuration and the identity of the gate that a command is about. */
export async function readGateFolder(
  args: readonly string[],
): Promise<{ config: GateConfig; identity: StoredIdentity; publicUrl: string }> {
  const config = readGateConfig(process.env, args);
  const identity = await requireIdentity(config.dataDir);
  return { config, identity, publicUrl: config.publicUrl ?? identity.publicUrl };
}
