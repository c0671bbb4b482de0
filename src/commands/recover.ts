import { readConfig } from '../portal/config.ts';
import { createRecoveryLink } from '../portal/main.ts';
import { openDatabase } from '../portal/storage/database.ts';

/** `gatehouse recover`: prints a link that opens an Admin session (R17). The portal may be running. */
export async function recover(): Promise<void> {
  const { dataDir, databaseUrl, publicUrl } = readConfig(process.env);
  const database = await openDatabase({ url: databaseUrl, dataDir, poolSize: 2 });
  try {
    const link = await createRecoveryLink(database, publicUrl);
    console.log(
      `Opens an Admin session of 30 minutes; works once, within 15 minutes, while the portal runs:\n${link}`,
    );
  } finally {
    await database.close();
  }
}
