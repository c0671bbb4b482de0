import { readConfig } from '../portal/config.ts';
import { openDatabase } from '../portal/storage/database.ts';
import { finishDespiteSignals } from './lifetime.ts';

/** `gatehouse migrate`: brings the database up to date, as every start of the portal does. */
export async function migrate(): Promise<void> {
  const { dataDir, databaseUrl } = readConfig(process.env);
  finishDespiteSignals();
  const database = await openDatabase({ url: databaseUrl, dataDir, poolSize: 2 });
  const { version } = database;
  await database.close();
  console.log(`The database (PostgreSQL ${version}) is up to date.`);
}
