// Installs packages of Debian where this account may, and finds the programs that come with them.
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.js';

/** Programs that the journeys run beside Gatehouse, and the packages that hold them. */
export const journeyPrograms = {
  nginx: ['nginx-light'],
  caddy: ['caddy'],
  darkstat: ['darkstat'],
  netdata: ['netdata-core', 'netdata-web'],
  'systemd-analyze': ['systemd'],
};

/** Servers lie in sbin, which an ordinary account's PATH may lack. */
const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...systemFolders];
  return folders.map((folder) => join(folder, name)).find(isFile);
}

export function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

export function mayInstall() {
  return (
    findProgram('apt-get') !== undefined &&
    (process.getuid?.() === 0 || findProgram('sudo') !== undefined)
  );
}

/** Rejects in plain words when apt-get fails. */
export async function installPackages(names) {
  await asRoot('apt-get', 'update', '-qq');
  const options = ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends'];
  await withoutStartingServers(() => asRoot('apt-get', 'install', ...options, ...names));
}

/** Installs what is missing. Rejects with the command to run where that can't be done here. */
export async function requirePrograms(programs) {
  const missing = () => Object.keys(programs).filter((name) => findProgram(name) === undefined);
  if (missing().length === 0) return;
  const packages = missing().flatMap((name) => programs[name]);
  if (mayInstall()) {
    console.log(`Not on this machine: ${missing().join(', ')}. Installing the system’s …`);
    await installPackages(packages).catch((error) =>
      console.error(`That failed: ${error.message}`),
    );
  }
  if (missing().length === 0) return;
  throw new Error(
    `The journeys need ${missing().join(', ')}. On Debian, as root: apt-get install ${packages.join(' ')}`,
  );
}

function asRoot(...command) {
  const [program, ...args] =
    process.getuid?.() === 0 ? command : ['sudo', '-n', '--preserve-env', ...command];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run(program, args, { quiet: true, env });
}

/**
 * Debian starts a server when it is installed, with ports open to everybody; the tests want the
 * program alone. What a policy-rc.d says is heeded (invoke-rc.d(8)): one is there for the meantime,
 * unless the machine has its own.
 */
async function withoutStartingServers(install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return install();
  const write = `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`;
  await asRoot('sh', '-c', write);
  try {
    return await install();
  } finally {
    await asRoot('rm', '-f', policy);
  }
}
