import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program of this project's own packages (`bin` is its path below node_modules) and waits
 * for it. Rejects with plain words when it fails; its output goes where ours goes.
 */
export function runBin(bin, args, options = {}) {
  return run(process.execPath, [`${root}node_modules/${bin}`, ...args], options);
}

export function run(command, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) return resolve(output);
      if (quiet) process.stderr.write(output);
      const name = args[0]?.split('/').at(-1) ?? command;
      return reject(new Error(`${name} ended with ${signal ?? `code ${code}`}.`));
    });
  });
}
