import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../src/testing/certificate.ts';
import { freePort } from './free-ports.ts';
import {
  nginxSnippet,
  readableFolder,
  removeFolder,
  runBeside,
  startBeside,
  writeNginx,
} from './beside.ts';
import { ask } from './gate-world.ts';
import { startTellingConsole } from './telling-console.ts';

let folder: string;
beforeAll(async () => {
  folder = await readableFolder('guides');
  const { cert, key } = await makeCertificate();
  await writeFile(join(folder, 'fullchain.pem'), cert);
  await writeFile(join(folder, 'privkey.pem'), key, { mode: 0o600 });
});
afterAll(() => removeFolder(folder));

describe('the configurations of nginx', () => {
  it.each([
    ['console.conf', '/etc/ssl/sensor'],
    ['gate.conf', '/etc/ssl/sensor'],
    ['portal.conf', '/etc/ssl/gatehouse'],
  ])('%s is one', async (name, certificates) => {
    const own = join(folder, name);
    await mkdir(own);
    const shared = await nginxSnippet('gatehouse.conf', {});
    const site = await nginxSnippet(name, { [certificates]: folder });
    const args = await writeNginx(own, shared + site, {
      'gatehouse-auth.conf': await nginxSnippet('gatehouse-auth.conf', {}),
      'gatehouse-protect.conf': await nginxSnippet('gatehouse-protect.conf', {}),
    });
    const { code, output } = await runBeside('nginx', ['-t', ...args]);
    expect(output).toContain('test is successful');
    expect(code).toBe(0);
  });
});

describe('nginx with TLS before a gate', () => {
  it('passes everything on but the question of another proxy', async () => {
    const gate = await startTellingConsole();
    const port = await freePort();
    const own = join(folder, 'before-gate');
    await mkdir(own);
    const site = await nginxSnippet('gate.conf', {
      '/etc/ssl/sensor': folder,
      'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
      'http://127.0.0.1:8090': `http://127.0.0.1:${gate.port}`,
    });
    const args = await writeNginx(own, site, {});
    const nginx = await startBeside({ program: 'nginx', args, port, signal: 'SIGQUIT' });
    const ca = await readFile(join(folder, 'fullchain.pem'), 'utf8');
    const statusOf = async (path: string) =>
      (await ask(`https://localhost:${port}${path}`, { ca })).status;
    for (const path of ['/', '/_gatehouse/', '/_gatehouse/api/session']) {
      expect([path, await statusOf(path)]).toEqual([path, 200]);
    }
    for (const path of ['', '/', '/alerts', '?x']) {
      expect([path, await statusOf(`/_gatehouse/auth${path}`)]).toEqual([path, 404]);
    }
    await nginx.stop();
    gate.close();
  });
});

describe('the units of systemd', () => {
  it.each(['gatehouse-gate', 'gatehouse-portal'])('%s is one, and well shut in', async (name) => {
    const text = await readFile(
      new URL(`../docs/systemd/${name}.service`, import.meta.url),
      'utf8',
    );
    const file = join(folder, `${name}.service`);
    // Where Node lies, and the accounts, are this machine's business.
    await writeFile(
      file,
      text
        .replace('/usr/bin/node /opt/gatehouse/dist/cli.js', process.execPath)
        .replaceAll(/^(User|Group)=.*$/gmu, '$1=root'),
    );
    expect(await runBeside('systemd-analyze', ['verify', '--man=no', file])).toEqual({
      code: 0,
      output: '',
    });
    // 0 is the least exposure, 10 the most: 2.0 at most, with root in place of the account.
    const { code, output } = await runBeside('systemd-analyze', [
      'security',
      '--offline=true',
      '--threshold=25',
      '--no-pager',
      file,
    ]);
    expect(output).toContain('Overall exposure level');
    expect(code).toBe(0);
  });
});

describe('the guide of Caddy', () => {
  it('shows the Caddyfile that its test runs', async () => {
    const read = (path: string) => readFile(new URL(`../docs/${path}`, import.meta.url), 'utf8');
    expect(await read('guides/caddy.md')).toContain(await read('caddy/Caddyfile'));
  });
});
