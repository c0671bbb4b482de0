import { pino } from 'pino';
import { Agent } from 'undici';
import { openContext } from '../gate/context.ts';
import { requireIdentity } from '../gate/identity.ts';

/**
 * A gate at which something happens all the time, numbered from the argument on, until it is killed.
 * Prints each number. Arguments: data directory, first number.
 */
async function main([dataDir = '', first = '1']: string[]): Promise<void> {
  const context = await openContext({
    config: { dataDir, proxy: { httpProxy: null, httpsProxy: null, noProxy: '' } },
    identity: await requireIdentity(dataDir),
    origin: 'https://sensor.example.com',
    dispatcher: new Agent(),
    log: pino({ level: 'silent' }),
  });
  context.start();
  let number = Number(first);
  setInterval(() => {
    context.record({ kind: 'sessionEnded', sessionId: String(number), reason: 'idle' });
    process.stdout.write(`${number}\n`);
    number += 1;
  }, 5);
}

await main(process.argv.slice(2));
