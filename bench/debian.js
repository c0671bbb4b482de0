// Programs of Debian that a benchmark compares with: found, or installed where this account may.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../scripts/run.js';

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Path of a program. `packages`: what to install where it, or a file of `files`, isn't there. */
export async function debianProgram(program, packages, files = []) {
  const found = find(program, files);
  if (found !== undefined) return found;
  const names = packages.join(' ');
  console.log(`  ${program} is not on this machine: installing ${names} …`);
  try {
    // Debian starts a server when it installs one: not where this says no, on ports of its own.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { quiet: true, env });
    const options = ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends'];
    await run('apt-get', ['install', ...options, ...packages], { quiet: true, env });
  } catch (error) {
    throw new Error(
      `This benchmark compares with ${program}, which can't be installed here (${error.message}). ` +
        `On Debian, as root: apt-get install ${names}`,
      { cause: error },
    );
  }
  const installed = find(program, files);
  if (installed !== undefined) return installed;
  throw new Error(`${names} were installed, but ${program} isn't there: is this Debian?`);
}

function find(program, files) {
  if (!files.every((file) => existsSync(file))) return undefined;
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
