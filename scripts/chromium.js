// Finds the Chromium that browser tests drive, or installs Debian's.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { run } from './run.js';

const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function find() {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which isn't there.`);
    return given;
  }
  return [...wellKnown, chromium.executablePath()].find((path) => existsSync(path));
}

function has(command) {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium. Rejects with what to do where none can be had. */
export async function findOrInstallChromium() {
  const found = find();
  if (found !== undefined) return found;
  if (has('apt-get')) {
    const sudo = process.getuid?.() === 0 ? [] : has('sudo') ? ['sudo', '-n'] : null;
    if (sudo !== null) {
      console.log('Chromium is not on this machine: installing Debian’s …');
      const [command, ...rest] = [...sudo, 'apt-get'];
      await run(command, [...rest, 'update', '-qq'], { quiet: true });
      await run(command, [...rest, 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        quiet: true,
      });
      const installed = find();
      if (installed !== undefined) return installed;
    }
  }
  throw new Error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.',
  );
}
