import { createRecoveryLink } from '../portal/main.ts';
import { withExistingDatabase } from './existing-database.ts';

/** `gatehouse recover`: prints a link that opens an Admin session (R17). The portal may be running. */
export function recover(): Promise<void> {
  return withExistingDatabase(async (database, { publicUrl }) => {
    const link = await createRecoveryLink(database, publicUrl);
    console.log(
      `Opens an Admin session of 30 minutes; works once, within 15 minutes, while the portal runs:\n${link}`,
    );
  });
}
