import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SourceProcess {
  readonly child: ChildProcess;
  /** Everything it has printed so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves to the first line that matches, printed already or later. Rejects when it ends before. */
  readonly line: (pattern: RegExp) => Promise<string>;
  /** Resolves when it has ended and everything that it printed is in `lines`. */
  readonly ended: Promise<void>;
}

/** Starts `main(args)` of a TypeScript file, as the leader of a process group of its own. */
export function startSource(file: URL, args: string[], options: SpawnOptions = {}): SourceProcess {
  const runner = fileURLToPath(new URL('run-source.js', import.meta.url));
  const child = spawn(process.execPath, [runner, fileURLToPath(file), ...args], {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('the process has no output');
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(() => undefined);
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find((each) => pattern.test(each));
      if (found !== undefined) return found;
      const next = await Promise.race([once(reader, 'line'), ended]);
      if (next === undefined && !lines.some((each) => pattern.test(each))) {
        throw new Error(`ended without printing ${pattern}:\n${lines.join('\n')}`);
      }
    }
  };
  return { child, lines, line, ended };
}
