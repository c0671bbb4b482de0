import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSource } from '../testing/built-source.ts';
import { startPortalStub, type PortalStub } from '../testing/portal-stub.ts';

let built = { folder: '', script: '' };
let portal: PortalStub;
let folder = '';
let port = 0;

beforeAll(async () => {
  built = await buildSource(new URL('../testing/gate-command.ts', import.meta.url));
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-commands-'));
  portal = await startPortalStub();
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  ({ port } = probe.address() as AddressInfo);
  probe.close();
});
afterAll(async () => {
  await portal.close();
  await rm(built.folder, { recursive: true });
  await rm(folder, { recursive: true });
});

function start(...args: string[]) {
  return spawn(process.execPath, [built.script, ...args], {
    env: { PATH: process.env['PATH'], GATEHOUSE_GATE_DATA_DIR: join(folder, 'data') },
  });
}

async function run(
  args: string[],
  input = '',
): Promise<{ code: number; out: string; err: string }> {
  const child = start(...args);
  child.stdin.end(input);
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode ?? once(child, 'exit'),
  ]);
  return { code: child.exitCode ?? -1, out, err };
}

describe('gatehouse gate', () => {
  it('says what there is, and fails for what there isn’t', async () => {
    expect(await run(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('enrol') });
    expect(await run(['nonsense'])).toMatchObject({ code: 1 });
    expect(await run(['run', '--nonsense'])).toMatchObject({ code: 1 });
    expect((await run(['run'])).err).toContain('select Enrol gate');
  });

  it('enrols with a token from the standard input, and runs until SIGTERM', async () => {
    const { kid } = portal.signer.publicKey;
    const own = `http://localhost:${port}`;
    const where = ['--portal', portal.origin, '--fingerprint', kid, '--public-url', own];
    expect((await run(['enrol', ...where])).err).toContain('Give the token in one way');
    const enrolled = await run(['enrol', ...where, '-'], `${portal.token}\n`);
    expect(enrolled).toMatchObject({ code: 0, err: '' });
    expect(enrolled.out).toContain('the gate of ANT-B2-07 (Antwerp)');

    const gate = start('run', '--port', String(port), '--log-level', 'silent');
    let said = '';
    gate.stdout.setEncoding('utf8').on('data', (more: string) => (said += more));
    await portal.until(() => portal.polls.length > 0);
    await expect.poll(() => said).toContain(`Gate of ANT-B2-07: ${own}`);

    const link = await run(['recover']);
    expect(link.out).toMatch(new RegExp(`${own}/_gatehouse/recover#token=[\\w-]{43}\n`, 'u'));
    await portal.until(() => portal.events.some(({ kind }) => kind === 'recovery'));

    expect((await run(['status'])).out).toMatch(/Bundle +in force/u);
    const next = await run(['rotate-key']);
    expect(next.out).toContain(portal.keys.at(-1)?.kid);

    gate.kill('SIGTERM');
    const [code] = (await once(gate, 'exit')) as [number | null];
    expect(code).toBe(0);
  });

  it('checks the way, and fails where something is in it', async () => {
    const checked = await run(['check']);
    expect(checked.code).toBe(0);
    expect(checked.out).toMatch(/portal +\S+ +http .* ok /u);
    await portal.close();
    const cut = await run(['check']);
    expect(cut).toMatchObject({ code: 1, out: expect.stringContaining('FAILED  tcp_refused') });
    await portal.listen();
  });
}, 120_000);
