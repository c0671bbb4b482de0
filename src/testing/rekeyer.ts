import { appendAudit } from '../portal/audit/append.ts';
import { openDatabase } from '../portal/storage/database.ts';
import { rekey } from '../portal/storage/sealed-rekey.ts';
import { keyPlace } from '../portal/storage/secret-source.ts';

/** `gatehouse secrets rekey` in a process of its own, which kills itself after a step. */
export async function main([url = '', dataDir = '', killedAfter = '']: string[]): Promise<void> {
  const database = await openDatabase({ url, dataDir, poolSize: 1 });
  process.stdout.write('ready\n');
  await rekey({
    database,
    place: keyPlace({ dataDir }),
    appendAudit,
    onStep(step) {
      if (step === killedAfter) process.kill(process.pid, 'SIGKILL');
    },
  });
  process.stdout.write('done\n');
  await database.close();
}
