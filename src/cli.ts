#!/usr/bin/env node
const usage = `gatehouse COMMAND

  portal         the portal, configured by GATEHOUSE_* variables (see README)
  recover        print a link that opens an Admin session, good once and for 15 minutes
  migrate        bring the database up to date, without starting the portal
  audit verify   check the hash chain of the audit log
  local-entra    a stand-in for Microsoft Entra ID on this machine, for development
  demo           portal, local Entra and sample people, for a first look`;

type Command = (args: readonly string[]) => Promise<void>;

// Each command loads only what it needs.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  portal: async () => (await import('./commands/portal.ts')).runPortal,
  recover: async () => (await import('./commands/recover.ts')).recover,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  audit: async () => (await import('./commands/audit.ts')).audit,
  'local-entra': async () => (await import('./commands/local-entra.ts')).runLocalEntra,
  demo: async () => (await import('./commands/demo.ts')).runDemo,
};

const [name = 'help', ...args] = process.argv.slice(2);
const load = commands[name];
if (load === undefined) {
  const asked = ['help', '--help', '-h'].includes(name);
  console[asked ? 'log' : 'error'](asked ? usage : `There is no command "${name}".\n\n${usage}`);
  process.exitCode = asked ? 0 : 2;
} else {
  try {
    const command = await load();
    await command(args);
  } catch (error) {
    // Operators read this: words, not a stack trace.
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
