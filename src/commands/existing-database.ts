import { readConfig, type Config } from '../portal/config.ts';
import { openDatabase, type Database } from '../portal/storage/database.ts';
import { exists } from '../portal/storage/data-directory.ts';
import { clusterFolder } from '../portal/storage/postgres-cluster.ts';
import { recordedHome } from '../portal/storage/postgres-home.ts';
import { finishDespiteSignals } from './lifetime.ts';

/**
 * Opens the database of a portal, calls `use`, and closes it. Rejects where there is none yet: in the
 * wrong folder, a recovery link would open nothing, and an audit log made on the spot be intact.
 */
export async function withExistingDatabase(
  use: (database: Database, config: Config) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env);
  const { dataDir, databaseUrl } = config;
  if (databaseUrl === undefined) await requireState(dataDir);
  finishDespiteSignals();
  const database = await openDatabase({ url: databaseUrl, dataDir, poolSize: 2 });
  try {
    await use(database, config);
  } finally {
    await database.close();
  }
}

async function requireState(dataDir: string): Promise<void> {
  if (await exists(clusterFolder((await recordedHome(dataDir)) ?? dataDir))) return;
  throw new Error(
    `There is no Gatehouse database in ${dataDir}. Set GATEHOUSE_DATA_DIR (or GATEHOUSE_DATABASE_URL) to what ` +
      'the portal has, or start the portal first: that makes one.',
  );
}
