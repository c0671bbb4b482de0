#!/usr/bin/env node
const usage = `gatehouse COMMAND

  portal         the portal, configured by GATEHOUSE_* variables (see README)
  gate           the server in front of a sensor's console: gatehouse gate help
  recover        print a link that opens an Admin session, good once and for 15 minutes
  migrate        bring the database up to date, without starting the portal
  audit verify   check the hash chain of the audit log
  secrets        the keys that stored secrets are encrypted with: status, rekey, finish
  local-entra    a stand-in for Microsoft Entra ID on this machine, for development
  demo           portal, local Entra and sample people, for a first look
  version        which version this is`;

type Command = (args: readonly string[]) => Promise<void>;

interface Entry {
  /** The most arguments that it takes. */
  readonly takes: number;
  /** Each command loads only what it needs. */
  readonly load: () => Promise<Command>;
}

const commands = new Map<string, Entry>([
  ['portal', { takes: 0, load: async () => (await import('./commands/portal.ts')).runPortal }],
  ['gate', { takes: Infinity, load: async () => (await import('./commands/gate.ts')).gate }],
  ['recover', { takes: 0, load: async () => (await import('./commands/recover.ts')).recover }],
  ['migrate', { takes: 0, load: async () => (await import('./commands/migrate.ts')).migrate }],
  ['audit', { takes: 1, load: async () => (await import('./commands/audit.ts')).audit }],
  ['secrets', { takes: 1, load: async () => (await import('./commands/secrets.ts')).secrets }],
  [
    'local-entra',
    { takes: 2, load: async () => (await import('./commands/local-entra.ts')).runLocalEntra },
  ],
  ['demo', { takes: 0, load: async () => (await import('./commands/demo.ts')).runDemo }],
  ['version', { takes: 0, load: async () => (await import('./commands/version.ts')).version }],
]);

async function main(name: string, args: readonly string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) {
    console.log(usage);
    return 0;
  }
  const entry = commands.get(name === '--version' ? 'version' : name);
  if (entry === undefined) {
    console.error(`There is no command "${name}".\n\n${usage}`);
    return 2;
  }
  const surplus = args[entry.takes];
  if (surplus !== undefined) {
    console.error(`gatehouse ${name} doesn't take "${surplus}".\n\n${usage}`);
    return 2;
  }
  try {
    const command = await entry.load();
    await command(args);
    return 0;
  } catch (error) {
    // Operators read this: words, not a stack trace.
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

const [name = 'help', ...args] = process.argv.slice(2);
process.exit(await main(name, args));
