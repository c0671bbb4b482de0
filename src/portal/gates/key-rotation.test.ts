import { verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getGateKeys, rotateGateKey } from '../../contract/gates.ts';
import { problem } from '../../contract/problem.ts';
import {
  assertion,
  bundleOf,
  makeGateKey,
  testGate,
  type GateKey,
  type TestGate,
} from '../../testing/gate-client.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { portalGroups } from '../../testing/test-portal.ts';
import { verifyingKey } from './public-keys.ts';

let portal: GatesPortal;
beforeAll(async () => {
  portal = await startGatesPortal();
});
afterAll(() => portal.close());

const codeOf = (answer: { readonly body: unknown }) => problem.parse(answer.body).code;
function announce(gate: TestGate, next: GateKey, by: GateKey = next, issuer = gate.gateId) {
  const request = { method: 'PUT', path: '/gate/v1/key' } as const;
  const proof = assertion({ key: by, issuer, portalUrl: publicUrl, ...request });
  return gate.ask({ ...request, json: { publicKey: next.publicKey, proof } });
}

describe('a gate’s next key', () => {
  it('counts besides the first, and instead of it as soon as it is used', async () => {
    const gate = await portal.enrol('ANT-TF-01');
    const next = await makeGateKey();
    const renewed = testGate(portal.options, { ...gate, key: next });
    expect((await announce(gate, next)).status).toBe(204);
    // Nothing is lost when it is restarted before it uses the next one.
    expect((await gate.bundle()).status).toBe(200);
    expect((await renewed.bundle()).status).toBe(200);
    expect((await gate.bundle()).status).toBe(401);
    expect((await renewed.bundle()).status).toBe(200);
    const { rows } = await portal.database.pool.query(
      "select action, after ->> 'keyFingerprint' as key from audit_events where action like 'gate.key%' order by sequence",
    );
    const kid = next.publicKey.kid;
    expect(rows).toEqual([
      { action: 'gate.keyAnnounced', key: kid },
      { action: 'gate.keyChanged', key: kid },
    ]);
  });

  it('must be proved by itself', async () => {
    const gate = await portal.enrol('GNT-PS-01');
    const next = await makeGateKey();
    expect((await announce(gate, next, gate.key)).status).toBe(400);
    expect((await announce(gate, next, next, 'somebody else')).status).toBe(400);
    const misnamed = { ...next, publicKey: { ...next.publicKey, kid: gate.key.publicKey.kid } };
    expect((await announce(gate, misnamed, next)).status).toBe(400);
    expect((await gate.ask({ path: '/gate/v1/bundle', key: next })).status).toBe(401);
  });
});

describe('announcements of keys', () => {
  async function announced(kid: string): Promise<number> {
    const { rows } = await portal.database.pool.query(
      "select 1 from audit_events where action = 'gate.keyAnnounced' and before ->> 'keyFingerprint' = $1",
      [kid],
    );
    return rows.length;
  }

  it('are refused for the key that counts already', async () => {
    const gate = await portal.enrol('ANT-TF-02');
    const refused = await announce(gate, gate.key);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'gate_key_current']);
    expect(await announced(gate.key.publicKey.kid)).toBe(0);
    const next = await makeGateKey();
    expect((await announce(gate, next)).status).toBe(204);
    // It is used here for the first time: from then on it is the one that counts.
    const renewed = testGate(portal.options, { ...gate, key: next });
    expect(codeOf(await announce(renewed, next))).toBe('gate_key_current');
  });

  it('change nothing when they are repeated, however often', async () => {
    const gate = await portal.enrol('ANT-UT-01');
    const next = await makeGateKey();
    for (let time = 0; time < 10; time += 1) {
      expect((await announce(gate, next)).status).toBe(204);
    }
    expect(await announced(gate.key.publicKey.kid)).toBe(1);
  });

  it('are a few an hour: each is a write, an entry in the audit log and a bundle', async () => {
    const gate = await portal.enrol('GNT-UT-01');
    const answers = [];
    for (let time = 0; time < 8; time += 1) answers.push(await announce(gate, await makeGateKey()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([204, 204, 204, 204, 204, 429, 429, 429]);
    const { headers } = answers[7] ?? {};
    expect(Number(headers?.['retry-after'])).toBeGreaterThan(3_500);
    expect(await announced(gate.key.publicKey.kid)).toBe(5);
  });
});

describe('the portal’s signing key', () => {
  it('rolls without a gate that has to be enrolled anew', async () => {
    const gate = await portal.enrol('GOT-WW-01');
    const rotate = (step: string, more = {}) =>
      portal.admin('POST', '/gate-keys', { body: { step, ...more } });
    const tooEarly = await rotate('activate');
    expect([tooEarly.status, codeOf(tooEarly)]).toEqual([409, 'rotation_not_begun']);
    const begun = rotateGateKey.response.parse((await rotate('announce')).body);
    const [current, next] = begun.keys;
    expect(begun.keys.map(({ status }) => status)).toEqual(['current', 'next']);
    expect(codeOf(await rotate('announce'))).toBe('rotation_begun');

    // The others of this file never come back.
    const refused = await rotate('activate');
    expect([refused.status, codeOf(refused)]).toEqual([409, 'gates_not_informed']);
    const { gates } = problem.parse(refused.body).details ?? {};
    const bundle = bundleOf((await gate.bundle()).text);
    expect(bundle.portalKeys.map(({ kid }) => kid)).toEqual(
      begun.keys.map(({ fingerprint }) => fingerprint),
    );
    await gate.bundle(bundle.tag);
    const toldOf = getGateKeys.response.parse((await portal.admin('GET', '/gate-keys')).body);
    expect(toldOf.gatesToInform).toBe(Number(gates) - 1);
    const done = await rotate('activate', { acknowledgesGates: toldOf.gatesToInform });
    expect(rotateGateKey.response.parse(done.body).keys).toMatchObject([
      { fingerprint: next?.fingerprint, status: 'current' },
    ]);

    const after = await vi.waitFor(async () => {
      const answer = await gate.bundle(bundle.tag);
      expect(answer.status).toBe(200);
      return answer;
    });
    const [head = '', body = '', signature = ''] = after.text.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
    expect([kid, kid === current?.fingerprint]).toEqual([next?.fingerprint, false]);
    // By a key that the bundle before has named.
    const trusted = bundle.portalKeys.find((one) => one.kid === kid);
    const good =
      trusted !== undefined &&
      verify(
        null,
        Buffer.from(`${head}.${body}`),
        verifyingKey(trusted),
        Buffer.from(signature, 'base64url'),
      );
    expect(good).toBe(true);
    expect(bundleOf(after.text).number).toBeGreaterThan(bundle.number);
  });

  it('is for those who may change the security settings, and never leaves the portal', async () => {
    const analyst = await portal.as(portalGroups.securityAnalyst);
    expect((await analyst('GET', '/gate-keys')).status).toBe(200);
    const body = { step: 'announce' };
    expect((await analyst('POST', '/gate-keys', { body })).status).toBe(403);
    const { rows } = await portal.database.pool.query<{ sealed_private_key: string }>(
      'select sealed_private_key from gate_signing_keys',
    );
    for (const row of rows) expect(row.sealed_private_key).toMatch(/^v1\.[\w-]{8}\./u);
  });
});
