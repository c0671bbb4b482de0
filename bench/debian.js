// Programs of Debian that a benchmark compares with: found, or installed where this account may.
import { findProgram, installPackages, isFile, mayInstall } from '../scripts/debian-packages.js';

/** Path of a program. `packages`: what to install where it, or one of `files`, isn't there. */
export async function debianProgram(program, packages, files = []) {
  const find = () => (files.every((file) => isFile(file)) ? findProgram(program) : undefined);
  const found = find();
  if (found !== undefined) return found;
  const names = packages.join(' ');
  if (mayInstall()) {
    console.log(`  ${program} is not on this machine: installing ${names} …`);
    await installPackages(packages).catch((error) =>
      console.error(`That failed: ${error.message}`),
    );
  }
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    `This benchmark compares with ${program}. On Debian, as root: apt-get install ${names}`,
  );
}
