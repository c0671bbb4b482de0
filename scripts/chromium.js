// Finds the Chromium that browser tests drive, or installs one.
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { run, runBin } from './run.js';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isFile);
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

function find() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isFile(given)) throw new Error(`CHROMIUM_PATH names ${given}, which isn't a program.`);
    return given;
  }
  const installed = programs.map(onPath).find((path) => path !== undefined);
  return installed ?? [...applications, chromium.executablePath()].find(isFile);
}

/** Debian's, where this account may install it; else the one that Playwright downloads. */
async function install() {
  if (onPath('apt-get') && (process.getuid?.() === 0 || onPath('sudo'))) {
    console.log('Chromium is not on this machine: installing the system’s …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const aptGet = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', '-E', 'apt-get'];
    const [command, ...rest] = aptGet;
    try {
      await run(command, [...rest, 'update', '-qq'], { quiet: true, env });
      const packages = ['--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
      await run(command, [...rest, 'install', '-y', '-qq', ...packages], { quiet: true, env });
      return;
    } catch (error) {
      console.error(`That failed: ${error.message}`);
    }
  }
  console.log('Chromium is not on this machine: downloading Playwright’s …');
  await runBin('playwright-core/cli.js', ['install', 'chromium'], { quiet: true });
}

/** Path of a Chromium. Rejects with what to do where none can be had. */
export async function findOrInstallChromium() {
  const found = find();
  if (found !== undefined) return found;
  await install().catch((error) => console.error(`That failed: ${error.message}`));
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.',
  );
}
