import { gate } from '../commands/gate.ts';

// `gatehouse gate …` alone, as cli.ts runs it.
try {
  await gate(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
