import { keepMemorySmall } from '../gate/small-memory.ts';
import { gateUsage } from './gate-usage.ts';

type Command = (args: readonly string[]) => Promise<void>;

/** Each loads only what it needs. */
const commands = new Map<string, () => Promise<Command>>([
  ['run', loadRun],
  ['enrol', async () => (await import('./gate-enrol.ts')).enrol],
  ['status', async () => (await import('./gate-status.ts')).showStatus],
  ['check', async () => (await import('./gate-check.ts')).check],
  ['rotate-key', async () => (await import('./gate-rotate-key.ts')).rotateKey],
  ['recover', async () => (await import('./gate-recover.ts')).recoverGate],
]);

/** What keeps memory small comes before everything that is loaded. */
async function loadRun(): Promise<Command> {
  keepMemorySmall();
  return (await import('./gate-run.ts')).runGate;
}

/** `gatehouse gate COMMAND`: the server in front of a sensor's console, and what belongs to it. */
export async function gate([name = 'help', ...args]: readonly string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(name) || args.includes('--help')) {
    console.log(gateUsage);
    return;
  }
  const load = commands.get(name);
  if (load === undefined) throw new Error(`There is no command "gate ${name}".\n\n${gateUsage}`);
  const command = await load();
  await command(args);
}
