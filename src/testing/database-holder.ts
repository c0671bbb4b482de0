import { openDatabase } from '../portal/storage/database.ts';

/** Opens a database, prints `open` or `code: message`, and closes it on SIGTERM. */
export async function main([dataDir = '']: string[]): Promise<void> {
  try {
    const database = await openDatabase({ dataDir });
    process.once('SIGTERM', () => void database.close());
    process.stdout.write('open\n');
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    process.stdout.write(`${code}: ${message}\n`);
  }
}
