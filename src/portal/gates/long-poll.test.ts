import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundle } from '../../contract/gate-protocol.ts';
import { problem } from '../../contract/problem.ts';
import {
  assertion,
  bundleOf,
  enrolGate,
  sendOver,
  testGate,
  type GateAnswer,
  type TestGate,
} from '../../testing/gate-client.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { create, clearSettings, settingBody } from '../../testing/sample-setting.ts';
import { secondInstance, type SecondInstance } from '../../testing/second-instance.ts';

let portal: GatesPortal;
let other: SecondInstance;
let gates: readonly TestGate[];
beforeAll(async () => {
  portal = await startGatesPortal();
  await portal.app.listen({ host: '127.0.0.1', port: 0 });
  other = await secondInstance(portal);
  const send = sendOver(portal.app.listeningOrigin);
  gates = await Promise.all(
    ['ANT-TF-01', 'GNT-PS-01'].map((name) =>
      enrolGate({ ...portal.options, send }, portal.admin, portal.sites.sensor(name).id),
    ),
  );
});
afterEach(() => clearSettings(portal));
afterAll(async () => {
  await other.close();
  await portal.close();
});

const one = (at: number): TestGate => {
  const gate = gates[at];
  if (gate === undefined) throw new Error('no such gate');
  return gate;
};
const antwerp = () => [{ kind: 'site' as const, id: portal.sites.site('Antwerp').id }];
const tagOf = ({ headers }: GateAnswer) => String(headers['etag']).replaceAll('"', '');
/** What it should hold without a setting, once its instance has heard that they were cleared. */
const held = (gate: TestGate) =>
  vi.waitFor(
    async () => {
      const answer = await gate.bundle();
      expect(bundleOf(answer.text).setting).toBeNull();
      return tagOf(answer);
    },
    { timeout: 20_000 },
  );
const waiting = async (app = portal.app) =>
  Number(/^gatehouse_gates_waiting (\d+)$/mu.exec((await app.inject('/metrics')).body)?.[1]);
const waits = (count: number, app = portal.app) =>
  vi.waitFor(async () => expect(await waiting(app)).toBe(count), { timeout: 20_000 });

describe('a gate that waits', () => {
  it('gets what concerns it at once, and nothing else', async () => {
    const [near, far] = [one(0), one(1)];
    const [nearTag, farTag] = [await held(near), await held(far)];
    const answers = [near.bundle(nearTag, 50), far.bundle(farTag, 50)] as const;
    await waits(2);
    await create(portal.admin, settingBody({ targets: antwerp() }));
    const told = await answers[0];
    const got = bundle.parse(bundleOf(told.text));
    expect([told.status, told.headers['content-type']]).toEqual([200, 'application/jose']);
    expect(got.setting).toMatchObject({ name: 'Antwerp', level: 'site', version: 1 });
    expect(got.tag).toBe(tagOf(told));
    expect(got.number).toBeGreaterThan(near.first.number);
    expect((await near.bundle(got.tag)).status).toBe(304);
    // Asking again ends the wait that nothing else has ended.
    await far.bundle(farTag, 1);
    const unchanged = await answers[1];
    expect([unchanged.status, unchanged.text, tagOf(unchanged)]).toEqual([304, '', farTag]);
  });

  it('hears of what another instance changed, and gets the same there', async () => {
    const gate = one(0);
    const elsewhere = other.gate(gate);
    const answer = elsewhere.bundle(await held(elsewhere), 50);
    await waits(1, other.app);
    await create(portal.admin, settingBody({ targets: antwerp() }));
    const got = bundleOf((await answer).text);
    expect(got.setting?.name).toBe('Antwerp');
    expect((await gate.bundle(got.tag)).status).toBe(304);
  });

  it('waits once: who asks again has given up', async () => {
    const gate = one(0);
    const tag = await held(gate);
    const first = gate.bundle(tag, 50);
    await waits(1);
    const second = gate.bundle(tag, 1);
    expect((await first).status).toBe(304);
    expect((await second).status).toBe(304);
    await waits(0);
  });

  it('is forgotten when its connection breaks', async () => {
    const gate = one(0);
    const tag = await held(gate);
    const stopped = new AbortController();
    const path = '/gate/v1/bundle';
    const { key, gateId: issuer } = gate;
    const { portalUrl } = portal.options;
    const jws = assertion({ key, issuer, portalUrl, method: 'GET', path });
    const asked = fetch(`${portal.app.listeningOrigin}${path}`, {
      headers: {
        authorization: `GatehouseGate ${jws}`,
        'if-none-match': `"${tag}"`,
        prefer: 'wait=50',
      },
      signal: stopped.signal,
    }).catch(() => null);
    await waits(1);
    stopped.abort();
    await asked;
    await waits(0);
  });
});

describe('two instances', () => {
  it('know each other’s gates, and what they hold', async () => {
    const gate = await enrolGate(other.options, portal.admin, portal.sites.sensor('ANT-UT-01').id);
    const here = testGate(portal.options, gate);
    expect((await here.bundle()).status).toBe(200);
    // Revoked here, and refused there: also in the middle of a wait.
    const answer = gate.bundle(await held(gate), 50);
    await waits(1, other.app);
    const path = `/sensors/${gate.sensorId}/gate?gateId=${gate.gateId}`;
    expect((await portal.admin('DELETE', path)).status).toBe(204);
    const refused = await answer;
    expect([refused.status, problem.parse(refused.body).code]).toEqual([401, 'gate_revoked']);
    expect((await gate.bundle()).status).toBe(401);
    expect((await here.bundle()).status).toBe(401);
  });
});

describe('while the database is away', () => {
  it('confirms nothing, and goes on when it is back', async () => {
    const gate = one(1);
    const tag = await held(gate);
    const waited = gate.bundle(tag, 50);
    await waits(1);
    const [, name = ''] = /\/(test_\w+)\?/u.exec(portal.database.url) ?? [];
    const elsewhere = new pg.Client({
      connectionString: portal.database.url.replace(/\/test_\w+\?/u, '/postgres?'),
    });
    await elsewhere.connect();
    await elsewhere.query(`alter database ${name} with allow_connections false`);
    await elsewhere.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    );
    try {
      const refused = await vi.waitFor(
        async () => {
          const answer = await one(0).bundle('unknown');
          expect(answer.status).toBe(503);
          return answer;
        },
        { timeout: 20_000 },
      );
      expect(problem.parse(refused.body).code).toBe('database_unavailable');
      expect(refused.headers['retry-after']).toBe('5');
    } finally {
      await elsewhere.query(`alter database ${name} with allow_connections true`);
      await elsewhere.end();
    }
    await vi.waitFor(async () => expect((await one(0).bundle()).status).toBe(200), {
      timeout: 20_000,
    });
    // Who waited through it hears of the next change.
    const ghent = [{ kind: 'site' as const, id: portal.sites.site('Ghent').id }];
    await create(portal.admin, settingBody({ name: 'Ghent', targets: ghent }));
    expect(bundleOf((await waited).text).setting?.name).toBe('Ghent');
  });
});

describe('closing the portal', () => {
  it('ends the waits of gates, who ask another one then', async () => {
    const third = await secondInstance(portal);
    const gate = third.gate(one(0));
    const answer = gate.bundle(await held(gate), 50);
    await waits(1, third.app);
    await third.close();
    expect((await answer).status).toBe(304);
  });
});
