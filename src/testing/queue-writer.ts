import { pino } from 'pino';
import { openEventQueue } from '../gate/event-queue.ts';

/**
 * Records events with rising numbers for ever, and prints each number once its event is on the disk:
 * until it is killed. Arguments: folder, first number.
 */
async function main([folder = '', first = '1']: string[]): Promise<void> {
  const queue = await openEventQueue({ folder, log: pino({ level: 'silent' }) });
  for (let number = Number(first); ; number += 1) {
    queue.record({ kind: 'sessionEnded', sessionId: String(number), reason: 'idle' });
    await queue.flushed();
    process.stdout.write(`${number}\n`);
  }
}

await main(process.argv.slice(2));
