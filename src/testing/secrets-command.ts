import { secrets } from '../commands/secrets.ts';

// `gatehouse secrets …` alone, as cli.ts runs it.
try {
  await secrets(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
