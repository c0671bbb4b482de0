// Finds the Chromium that browser tests drive, or installs one.
import { chromium } from 'playwright-core';
import { findProgram, installPackages, isFile, mayInstall } from './debian-packages.js';
import { runBin } from './run.js';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function find() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isFile(given)) throw new Error(`CHROMIUM_PATH names ${given}, which isn't a program.`);
    return given;
  }
  const installed = programs.map(findProgram).find((path) => path !== undefined);
  return installed ?? [...applications, chromium.executablePath()].find(isFile);
}

/** Debian's, where this account may install it; else the one that Playwright downloads. */
async function install() {
  if (mayInstall()) {
    console.log('Chromium is not on this machine: installing the system’s …');
    try {
      await installPackages(['chromium', 'fonts-dejavu-core']);
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
