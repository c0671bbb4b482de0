import { dropEvent } from '../gate/dropped-events.ts';
import { makeRecoveryLink } from '../gate/recovery-links.ts';
import { readGateFolder } from './gate-folder.ts';

/** `gatehouse gate recover`: prints a link that opens an Admin session at this gate (R17). */
export async function recoverGate(args: readonly string[]): Promise<void> {
  const { config, publicUrl } = await readGateFolder(args);
  const now = Date.now();
  const link = await makeRecoveryLink(config.dataDir, publicUrl, now);
  // A full disk must not stand in the way: that the session is opened is recorded all the same.
  await dropEvent(config.dataDir, { kind: 'recovery', step: 'linkMade', address: null }, now).catch(
    (error: unknown) =>
      console.error(
        `That this link was made can't be kept for the portal: ${error instanceof Error ? error.message : String(error)}`,
      ),
  );
  console.log(
    `Opens an Admin session of 30 minutes; works once, within 15 minutes, while the gate runs:\n${link}`,
  );
}
