import { createPrivateKey } from 'node:crypto';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretBox } from '../portal/storage/secret-box.ts';
import { loadOrCreateSecretKeys, watchSecretKeyFile } from '../portal/storage/secret-key.ts';
import { buildSource } from '../testing/built-source.ts';
import { startWebPortal, type WebPortal } from '../testing/web-portal.ts';
import { webVisitor } from '../testing/web-visitor.ts';

let built = '';
let script = '';
let dataDir = '';
let path = '';
let portal: WebPortal;

beforeAll(async () => {
  ({ folder: built, script } = await buildCommand());
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-secrets-'));
  path = join(dataDir, 'secret-key');
  const keys = await loadOrCreateSecretKeys(dataDir);
  const failed = (error: unknown): void => console.error(error);
  portal = await startWebPortal({
    secrets: createSecretBox(watchSecretKeyFile(path, keys, failed)),
  });
});
afterAll(async () => {
  await portal.close();
  await rm(dataDir, { recursive: true });
  await rm(built, { recursive: true });
});

/** One level deeper than others: migrations are found from where storage is. */
async function buildCommand(): Promise<{ folder: string; script: string }> {
  const source = new URL('../testing/secrets-command.ts', import.meta.url);
  const { folder, script: shallow } = await buildSource(source);
  const deep = join(dirname(shallow), 'deep');
  await mkdir(deep);
  await rename(shallow, join(deep, 'program.mjs'));
  await copyFile(join(folder, 'package.json'), join(folder, 'dist', 'package.json'));
  await symlink(fileURLToPath(new URL('..', import.meta.url)), join(folder, 'src'));
  return { folder, script: join(deep, 'program.mjs') };
}

function run(
  action: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, action],
      {
        env: {
          PATH: process.env['PATH'],
          GATEHOUSE_DATA_DIR: dataDir,
          GATEHOUSE_DATABASE_URL: portal.database.url,
          ...env,
        },
      },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), out: stdout + stderr }),
    );
  });
}

const lines = async () => (await readFile(path, 'utf8')).trim().split('\n');

/** People sign in, one after the other, until they are told to end. */
function signIns(): {
  readonly end: () => Promise<readonly string[]>;
  readonly next: () => Promise<void>;
} {
  const visitor = webVisitor(portal, Date.now);
  const arrived: string[] = [];
  const ending = new AbortController();
  let told: (() => void)[] = [];
  const all = (async () => {
    while (!ending.signal.aborted) {
      const came = await visitor.signedIn().then(
        async (browser) => `me: ${(await browser.me()).statusCode}`,
        (error: unknown) => String(error),
      );
      arrived.push(came);
      for (const each of told) each();
      told = [];
    }
  })();
  return {
    async end() {
      ending.abort();
      await all;
      return arrived;
    },
    next: () => new Promise((resolve) => told.push(resolve)),
  };
}

describe('gatehouse secrets', () => {
  it('says what there is, and fails for what there isn’t', async () => {
    expect(await run('help')).toMatchObject({ code: 0, out: expect.stringContaining('rekey') });
    expect(await run('nonsense')).toMatchObject({ code: 1 });
    expect(await run('constructor')).toMatchObject({ code: 1 });
  });

  it(
    'changes the key twice and drops the old ones while people sign in',
    { timeout: 90_000 },
    async () => {
      const visitors = signIns();
      await visitors.next();
      const first = await run('rekey');
      expect(first).toMatchObject({ code: 0, out: expect.stringContaining('with another key') });
      await visitors.next();
      const early = await run('finish');
      expect(early).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was dropped') });
      const second = await run('rekey');
      expect(second).toMatchObject({ code: 0 });
      await visitors.next();
      await visitors.next();
      const status = await run('status');
      expect(status.out).toMatch(
        /key \S{8}  encrypts .*1 client secret or certificate, \d+ sessions/u,
      );
      expect(await lines()).toHaveLength(3);
      const past = new Date(Date.now() - 20 * 60_000);
      await utimes(path, past, past);
      // One that was sealed under way with the key before: it is taken along.
      await run('rekey');
      const finished = await run('finish');
      if (finished.code !== 0) {
        await utimes(path, past, past);
        expect((await run('finish')).code).toBe(0);
      }
      await visitors.next();
      await visitors.next();
      const came = await visitors.end();
      expect(new Set(came)).toEqual(new Set(['me: 200']));
      expect(came.length).toBeGreaterThan(4);
      const keys = await lines();
      for (const out of [first, second, status, finished].map((each) => each.out)) {
        for (const key of keys) expect(out).not.toContain(key);
      }
    },
  );

  it('leaves what gates trust as it was', async () => {
    const { pool } = portal.database;
    const headers = await portal.recover();
    const keys = await portal.app.inject({ url: '/api/v1/gate-keys', headers });
    expect(keys.statusCode).toBe(200);
    await run('rekey');
    const { rows } = await pool.query<{ id: string; sealed_private_key: string }>(
      'select id, sealed_private_key from gate_signing_keys',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { id, sealed_private_key: sealed } of rows) {
      const text = portal.secrets.unseal(sealed, `gate signing key ${id}`);
      const key = createPrivateKey({
        key: Buffer.from(text, 'base64'),
        format: 'der',
        type: 'pkcs8',
      });
      expect(key.asymmetricKeyType).toBe('ed25519');
    }
  });

  it('goes by GATEHOUSE_SECRET_KEY, in two steps, and changes no file', async () => {
    const before = await lines();
    const [old = ''] = before;
    const other = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString(
      'base64',
    );
    const both = { GATEHOUSE_SECRET_KEY: `${other},${before.join(',')}` };
    expect((await run('rekey', both)).out).toContain('which stands first');
    expect((await run('rekey', both)).out).toContain('Everything is encrypted with key');
    expect((await run('finish', both)).out).toContain('take it out of GATEHOUSE_SECRET_KEY');
    expect(await run('status', { GATEHOUSE_SECRET_KEY: other })).toMatchObject({ code: 0 });
    expect(await run('status', { GATEHOUSE_SECRET_KEY: old })).toMatchObject({
      code: 1,
      out: expect.stringContaining('None of these keys reads'),
    });
    expect(await run('rekey', { GATEHOUSE_SECRET_KEY: old })).toMatchObject({
      code: 1,
      out: expect.stringContaining('nothing was changed'),
    });
    expect(await lines()).toEqual(before);
  });
});
