import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSites } from '../src/contract/inventory.ts';
import { importReport } from '../src/contract/inventory-import.ts';
import { listSsoSettings, listSsoSettingVersions } from '../src/contract/sso-settings.ts';
import { clientIds, groupIds, tenantId } from '../src/demo/directory.ts';
import { postmasterPid } from '../src/testing/embedded-servers.ts';
import { leftRunning, runProgram, startProgram, freeDemoPort, type Program } from './program.ts';
import { openRecoverySession, type RecoverySession } from './recovery-session.ts';

const link = /http:\S+#token=\S+/;
const inventory = new URL('../src/demo/inventory.csv', import.meta.url);

let dataDir = '';
let env: Record<string, string> = {};
let session: RecoverySession;
let site = { id: '', subscriptionName: '' };
/** Names of the settings whose creation or deletion the portal has acknowledged, and their ids. */
const acknowledged = new Map<string, string>();
let written = 0;

function start(): Program {
  return startProgram(['portal'], { env });
}

async function ready(program: Program): Promise<void> {
  await program.printed(/Gatehouse portal/);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-killed-'));
  env = { GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_PORT: String(await freeDemoPort()) };
  const program = start();
  session = await openRecoverySession(await program.printed(link));
  await importInventory();
  const answer = await session.send('GET', '/sites');
  const [first] = listSites.response.parse(await answer.json()).sites;
  if (first !== undefined) site = first;
  program.terminate();
  await program.ended;
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

async function importInventory(): Promise<void> {
  const body = await readFile(inventory, 'utf8');
  const preview = await session.sendFile('/inventory/imports/preview', body);
  const { revision } = importReport.parse(await preview.json());
  const done = await session.sendFile('/inventory/imports', body, `"${revision}"`);
  expect(done.status).toBe(200);
}

/** Creates settings at the site, each taking it from the one before, until the portal is gone. */
async function writeUntilKilled(): Promise<number> {
  let count = 0;
  try {
    for (;;) {
      const name = `Setting ${written++}`;
      const holder = [...acknowledged.values()].at(-1);
      const target = { kind: 'site', id: site.id };
      const answer = await session.send('POST', '/sso-settings', {
        subscriptionName: site.subscriptionName,
        type: 'singleSignOn',
        name,
        clientId: clientIds.plantSensors,
        tenantId,
        permissions: {
          admin: [{ id: groupIds.antwerpAdmins, displayName: null }],
          securityAnalyst: [],
          readOnly: [],
        },
        targets: [target],
        allowRulesConfirmed: true,
        replaces: holder === undefined ? [] : [{ target, settingId: holder }],
        acknowledges: [],
      });
      const body = (await answer.json()) as {
        id: string;
        details?: { replacements?: { settingId: string }[] };
      };
      if (answer.status === 200) {
        acknowledged.set(name, body.id);
        count += 1;
      } else {
        // The last write before the kill was done but never acknowledged: it holds the site now.
        const found = body.details?.replacements?.[0]?.settingId;
        if (found === undefined) throw new Error(JSON.stringify(body));
        acknowledged.set(`unacknowledged ${written}`, found);
      }
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return count;
}

async function expectNothingLost(): Promise<void> {
  const answer = await session.send('GET', '/sso-settings');
  const { settings } = listSsoSettings.response.parse(await answer.json());
  const found = new Set(settings.map(({ id }) => id));
  expect([...acknowledged.values()].filter((id) => !found.has(id))).toEqual([]);
  // R4 and R8 hold whatever was cut off: one holder, and a version for each state.
  expect(settings.filter(({ targets }) => targets.length > 0)).toHaveLength(1);
  const last = settings.find(({ targets }) => targets.length > 0);
  const history = await session.send('GET', `/sso-settings/${last?.id}/versions`);
  const { versions } = listSsoSettingVersions.response.parse(await history.json());
  expect(versions.length).toBe(last?.version);
}

// The database's own rows are killed and compared in src/portal/storage/durability.test.ts; here it
// is the whole program, in the middle of answering.
describe('a portal that is killed while it writes', () => {
  it.each(
    Array.from({ length: 10 }, (_, round) => ({ round: round + 1, database: round % 2 === 1 })),
  )(
    'loses nothing that it acknowledged, round $round (with its database: $database)',
    async ({ database }) => {
      const program = start();
      await ready(program);
      const confirmed = () => [...acknowledged.keys()].filter((name) => name.startsWith('Setting'));
      const before = confirmed().length;
      const writing = writeUntilKilled();
      while (confirmed().length === before) await sleep(5);
      await sleep(Math.random() * 400);
      const postmaster = await postmasterPid(dataDir);
      program.kill();
      if (database && postmaster !== undefined) process.kill(postmaster, 'SIGKILL');
      await program.ended;
      expect(await writing).toBeGreaterThan(0);
      const next = start();
      await ready(next);
      await expectNothingLost();
      next.terminate();
      await next.ended;
    },
  );

  it('has an unbroken audit log afterwards', async () => {
    const verdict = await runProgram(['audit', 'verify'], { env });
    expect(verdict.output).toContain('intact');
    expect(verdict.code).toBe(0);
    expect(leftRunning(dataDir)).toEqual([]);
  });
});
