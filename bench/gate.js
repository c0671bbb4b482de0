// One real gate, enrolled at a real portal and running before a console, with a session at it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupIds } from '../dist/demo/directory.js';
import { insertSensors, siteIds } from './inventory.js';
import { startIssuer } from './issuer.js';
import { administration, settingOf, startBenchPortal } from './portal.js';
import { freePort, root, runToEnd, start } from './processes.js';
import { simulatedId } from './simulated-gates.js';

const cli = `${root}dist/cli.js`;

/**
 * Starts portal and gate before a console, `upstream`. Resolves with the gate's origin, its process
 * id, and the `Cookie` of a Read only session.
 */
export async function startBenchGate({ upstream }) {
  const ends = [];
  const stop = async () => {
    while (ends.length > 0) await ends.pop()();
  };
  try {
    const issuer = await startIssuer();
    ends.push(() => issuer.close());
    const portal = await startBenchPortal(await freePort(), issuer);
    ends.push(() => portal.stop());
    const api = administration(portal, await issuer.token([groupIds.administrators]));
    await insertSensors(portal, 1);
    const groups = { admin: [groupIds.administrators], readOnly: [groupIds.readers] };
    const body = settingOf(issuer, { name: 'Bench', siteIds: siteIds(1), groups });
    await api('POST', '/sso-settings', { body });

    const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-gate-'));
    ends.push(() => rm(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const gateEnv = {
      GATEHOUSE_GATE_DATA_DIR: dataDir,
      GATEHOUSE_GATE_PORT: String(port),
      GATEHOUSE_GATE_PUBLIC_URL: origin,
      GATEHOUSE_GATE_LOG_LEVEL: 'warn',
    };
    const sensorId = simulatedId('sensor', 0);
    const { command } = await api('POST', `/sensors/${sensorId}/gate/enrolment`, { body: {} });
    await runToEnd(cli, argumentsOf(command), gateEnv);
    const gate = await start(cli, {
      args: ['gate', 'run', '--upstream', upstream],
      env: gateEnv,
      url: `${origin}/_gatehouse/api/status`,
    });
    ends.push(() => gate.stop());
    const cookie = await openSession(origin, await issuer.token([groupIds.readers]));
    return { origin, port, pid: gate.pid, cookie, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What follows `gatehouse` in the command that the portal shows. */
const argumentsOf = (command) => command.trim().split(/\s+/u).slice(1);

async function openSession(origin, token) {
  for (const deadline = Date.now() + 20_000; ;) {
    const response = await fetch(`${origin}/_gatehouse/api/session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin },
      body: '{}',
    });
    if (response.ok) {
      return response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
    }
    const text = await response.text();
    if (Date.now() > deadline) throw new Error(`No session: ${response.status} ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
