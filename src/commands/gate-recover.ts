import { dropEvent } from '../gate/dropped-events.ts';
import { makeRecoveryLink } from '../gate/recovery-links.ts';
import { readGateFolder } from './gate-folder.ts';

/** `gatehouse gate recover`: prints a link that opens an Admin session at this gate (R17). */
export async function recoverGate(args: readonly string[]): Promise<void> {
  const { config, publicUrl } = await readGateFolder(args);
  const now = Date.now();
  const link = await makeRecoveryLink(config.dataDir, publicUrl, now);
  await dropEvent(config.dataDir, { kind: 'recovery', step: 'linkMade', address: null }, now);
  console.log(
    `Opens an Admin session of 30 minutes; works once, within 15 minutes, while the gate runs:\n${link}`,
  );
}
