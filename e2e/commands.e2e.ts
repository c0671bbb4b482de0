import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../src/portal/storage/embedded-postgres.ts';
import { ask } from '../src/testing/embedded-servers.ts';
import {
  expectPlainWords,
  leftRunning,
  runProgram,
  startProgram,
  freeDemoPort,
  type Ended,
} from './program.ts';
import { openRecoverySession } from './recovery-session.ts';

const link = /https?:\S+#token=\S+/;
let dataDir: string;
let env: Record<string, string>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-commands-'));
  env = { GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_PORT: String(await freeDemoPort()) };
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function run(...args: string[]): Promise<Ended> {
  const ended = await runProgram(args, { env });
  expect(leftRunning(dataDir)).toEqual([]);
  return ended;
}

// In the order in which an operator would come to them: they share one installation.
describe('commands', () => {
  it.each([['recover'], ['audit', 'verify']])(
    'have no state to work on at first: %s',
    async (...args) => {
      const { code, output } = await run(...args);
      expect(code).toBe(1);
      expect(output).toContain(`There is no Gatehouse database in ${dataDir}.`);
      expectPlainWords(output);
    },
  );

  it('migrate makes the database, and finds it up to date the next time', async () => {
    const expected = expect.stringMatching(/^The database \(PostgreSQL 1\d.*\) is up to date\.\n$/);
    expect(await run('migrate')).toMatchObject({ code: 0, output: expected });
    expect(await run('migrate')).toMatchObject({ code: 0, output: expected });
  });

  it('recover prints a link while the portal is down, and another while it runs', async () => {
    const before = link.exec((await run('recover')).output)?.[0] ?? '';
    const portal = startProgram(['portal'], { env });
    await portal.printed(/Gatehouse portal: /);
    try {
      await openRecoverySession(before);
      await expect(openRecoverySession(before)).rejects.toThrow(/recovery/);
      const during = link.exec((await runProgram(['recover'], { env })).output)?.[0] ?? '';
      await (await openRecoverySession(during)).leaveMark();
    } finally {
      portal.interrupt();
      await portal.ended;
    }
  });

  it('audit verify finds the log intact, and says where it was tampered with', async () => {
    const intact = await run('audit', 'verify');
    expect(intact).toMatchObject({ code: 0, output: expect.stringMatching(/intact: \d+ entries/) });
    await asSuperuser(`update audit_events set action = 'nothing.happened' where sequence = 2`);
    const changed = await run('audit', 'verify');
    expect(changed.code).toBe(1);
    expect(changed.output).toBe(
      'The audit log is not intact: entry 2 was changed after it was written.\n',
    );
    await asSuperuser('delete from audit_events where sequence = 1');
    expect(await run('audit', 'verify')).toMatchObject({
      code: 1,
      output: 'The audit log is not intact: entry 1 is missing.\n',
    });
  });

  it.each([
    [['toString'], 'There is no command "toString".'],
    [['portal', '--port', '9000'], `gatehouse portal doesn't take "--port".`],
    [['migrate', 'now'], `gatehouse migrate doesn't take "now".`],
  ])('explain themselves when asked for %j', async (args, words) => {
    const { code, output } = await run(...args);
    expect(code).toBe(2);
    expect(output).toContain(words);
    expect(output).toContain('audit verify');
  });

  it('explain themselves without an argument, and tell the version', async () => {
    expect(await run()).toMatchObject({ code: 0, output: expect.stringContaining('recover') });
    expect(await run('--version')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Gatehouse \d+\.\d+\.\d+, Node /),
    });
  });
});

const wrong: Readonly<Record<string, string>> = {
  GATEHOUSE_HOST: 'http://localhost',
  GATEHOUSE_PORT: 'eighty',
  GATEHOUSE_PUBLIC_URL: 'http://gatehouse.example.com',
  GATEHOUSE_DATA_DIR: '~/state',
  GATEHOUSE_DATABASE_URL: 'mysql://me:hunter2@db/gatehouse',
  GATEHOUSE_SECRET_KEY: 'hunter2',
  GATEHOUSE_SMTP_URL: 'https://me:hunter2@mail.example.com',
  GATEHOUSE_SMTP_FROM: 'Gatehouse',
  GATEHOUSE_LOG_LEVEL: 'loud',
  GATEHOUSE_TRUST_PROXY: 'yes',
  GATEHOUSE_TLS_CERT_FILE: '~/cert.pem',
  GATEHOUSE_TLS_KEY_FILE: '~/key.pem',
  GATEHOUSE_ENTRA_CLOUD: 'moon',
  GATEHOUSE_ENTRA_TENANT_ID: 'contoso.onmicrosoft.com',
  GATEHOUSE_ENTRA_CLIENT_ID: 'gatehouse',
  GATEHOUSE_ENTRA_API_CLIENT_ID: 'gatehouse',
  GATEHOUSE_ENTRA_LOGIN_URL: 'login.microsoftonline.com',
  GATEHOUSE_GRAPH_URL: 'ftp://graph.microsoft.com',
};

const wrongGate: Readonly<Record<string, string>> = {
  GATEHOUSE_GATE_UPSTREAM: 'http://127.0.0.1:3000/console',
  GATEHOUSE_GATE_HOST: 'http://localhost',
  GATEHOUSE_GATE_PORT: 'ninety',
  GATEHOUSE_GATE_PUBLIC_URL: 'http://sensor.example.com',
  GATEHOUSE_GATE_DATA_DIR: '~/state',
  GATEHOUSE_GATE_LOG_LEVEL: 'loud',
  GATEHOUSE_GATE_TRUST_PROXY: 'yes',
  GATEHOUSE_GATE_TLS_CERT_FILE: '~/cert.pem',
  GATEHOUSE_GATE_TLS_KEY_FILE: '~/key.pem',
  GATEHOUSE_GATE_ASSERTIONS: 'yes',
  GATEHOUSE_GATE_CONSOLE_HEADERS: 'X-WEBAUTH-USER=who',
};

const enrolment = [
  '--portal',
  'https://localhost',
  '--fingerprint',
  'f'.repeat(43),
  '--token',
  't',
];

describe('a wrong configuration', () => {
  it('is shown here for every variable that the README has', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const described = [...readme.matchAll(/^\| `(GATEHOUSE_\w+)`/gm)].map(([, name]) => name);
    expect(new Set(described)).toEqual(new Set(Object.keys({ ...wrong, ...wrongGate })));
  });

  it.each(['run', 'enrol', 'recover', 'status', 'check', 'rotate-key'])(
    'stops gatehouse gate %s, with each variable that is wrong and an example',
    async (command) => {
      const asked = command === 'enrol' ? enrolment : [];
      const { code, output } = await runProgram(['gate', command, ...asked], {
        env: { ...wrongGate, GATEHOUSE_GATE_COLOUR: 'red' },
      });
      expect(code).toBe(1);
      for (const variable of [...Object.keys(wrongGate), 'GATEHOUSE_GATE_COLOUR']) {
        expect(output).toMatch(new RegExp(`^  ${variable} \\S.* Example: \\S`, 'm'));
      }
      expectPlainWords(output);
    },
  );

  it.each(['portal', 'demo', 'recover', 'migrate', 'local-entra'])(
    'stops gatehouse %s, with each variable that is wrong and an example',
    async (command) => {
      const { code, output } = await runProgram([command], {
        env: { ...wrong, GATEHOUSE_COLOUR: 'red' },
      });
      expect(code).toBe(1);
      for (const variable of [...Object.keys(wrong), 'GATEHOUSE_COLOUR']) {
        expect(output).toMatch(new RegExp(`^  ${variable} \\S.* Example: \\S`, 'm'));
      }
      expect(output).not.toContain('hunter2');
      expectPlainWords(output);
    },
  );
});

async function asSuperuser(statement: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir });
  const superuser = { ...server.superuser, database: server.connection.database };
  await ask(superuser, 'alter table audit_events disable trigger all');
  await ask(superuser, statement);
  await ask(superuser, 'alter table audit_events enable trigger all');
  await server.stop();
}
