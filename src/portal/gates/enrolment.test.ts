import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, enrolmentAnswer, keysAnswer } from '../../contract/gate-protocol.ts';
import { createGateEnrolment } from '../../contract/gates.ts';
import { problem } from '../../contract/problem.ts';
import {
  bundleOf,
  enrolmentToken,
  makeGateKey,
  redeem,
  testGate,
  type GateKey,
} from '../../testing/gate-client.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { create, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import { portalGroups } from '../../testing/test-portal.ts';

let portal: GatesPortal;
let key: GateKey;
beforeAll(async () => {
  portal = await startGatesPortal();
  key = await makeGateKey();
});
afterAll(() => portal.close());

const sensorId = (name: string) => portal.sites.sensor(name).id;
const codeOf = (answer: { readonly body: unknown }) => problem.parse(answer.body).code;
async function audited(action: string) {
  const { rows } = await portal.database.pool.query<Record<string, unknown>>(
    'select actor, subject, before, after from audit_events where action = $1 order by sequence',
    [action],
  );
  return rows;
}

describe('enrolment of a gate', () => {
  it('takes a token and a proof of the key, and gives the first bundle', async () => {
    const { token, command, fingerprint, expiresAt } = await enrolmentToken(
      portal.admin,
      sensorId('ANT-TF-01'),
    );
    expect(command).toBe(
      `gatehouse gate enrol --portal http://localhost:8080 --fingerprint ${fingerprint} --token ${token}`,
    );
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now());
    const answer = await redeem(portal.options, token, key);
    expect(answer.status).toBe(201);
    const enrolled = enrolmentAnswer.parse(answer.body);
    expect(enrolled).toMatchObject({
      sensorId: sensorId('ANT-TF-01'),
      sensorName: 'ANT-TF-01',
      siteName: 'Antwerp',
    });
    const first = bundle.parse(bundleOf(enrolled.bundle));
    expect(first).toMatchObject({ aud: enrolled.gateId, sub: enrolled.sensorId, setting: null });
    expect(first.portalKeys.map(({ kid }) => kid)).toEqual([fingerprint]);
    const published = await portal.app.inject('/gate/v1/keys');
    expect(keysAnswer.parse(published.json()).keys).toEqual(first.portalKeys);

    const gate = testGate(portal.options, { ...enrolled, key, first });
    expect((await gate.bundle(first.tag)).status).toBe(304);
    expect((await gate.bundle()).status).toBe(200);
    const after = { id: enrolled.gateId, origin: 'https://sensor.example.com' };
    expect(await audited('gate.enrolled')).toMatchObject([
      { actor: { kind: 'gate' }, subject: 'ANT-TF-01', before: null, after },
    ]);
    expect(JSON.stringify(await audited('gate.enrolmentCreated'))).not.toContain(token);

    const again = await redeem(portal.options, token, key);
    expect([again.status, codeOf(again)]).toEqual([403, 'enrolment_token_used']);
  });

  it('lets one of two through who use a token at once', async () => {
    const { token } = await enrolmentToken(portal.admin, sensorId('ANT-TF-02'));
    const answers = await Promise.all(
      Array.from({ length: 4 }, async () => redeem(portal.options, token, await makeGateKey())),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual([
      '201',
      '403',
      '403',
      '403',
    ]);
  });

  it('refuses a token that has expired, was replaced by a newer one, or never was', async () => {
    const earlier = await enrolmentToken(portal.admin, sensorId('ANT-UT-01'));
    const { token } = await enrolmentToken(portal.admin, sensorId('ANT-UT-01'));
    await portal.database.pool.query(
      "update gate_enrolments set expires_at = now() - interval '1 second' where used_at is null",
    );
    expect(codeOf(await redeem(portal.options, token, key))).toBe('enrolment_token_expired');
    for (const one of [earlier.token, 'a'.repeat(43)]) {
      expect(codeOf(await redeem(portal.options, one, key))).toBe('enrolment_token_unknown');
    }
  });

  it('refuses keys that the request doesn’t prove, and addresses that nobody could sign in at', async () => {
    const { token } = await enrolmentToken(portal.admin, sensorId('ANT-UT-01'));
    const other = await makeGateKey();
    const wrong = [
      redeem(portal.options, token, key, { fields: { publicKey: other.publicKey } }),
      redeem(portal.options, token, key, {
        fields: { publicKey: { ...key.publicKey, kid: other.publicKey.kid } },
        header: { kid: other.publicKey.kid },
        claims: { iss: other.publicKey.kid },
      }),
      redeem(portal.options, token, key, { key: other, header: { kid: key.publicKey.kid } }),
      redeem(portal.options, token, key, { claims: { iss: 'somebody else' } }),
      redeem(portal.options, token, key, { fields: { origin: 'http://sensor.example.com' } }),
      redeem(portal.options, token, key, { fields: { origin: 'https://sensor.example.com/x' } }),
      redeem(portal.options, token, key, { fields: { more: 1 } }),
    ];
    const statuses = (await Promise.all(wrong)).map(({ status }) => status);
    expect(statuses).toEqual([400, 400, 401, 400, 400, 400, 400]);
    // Nothing of it has used the token up.
    const enrolled = await redeem(portal.options, token, await makeGateKey());
    expect(enrolled.status).toBe(201);
  });
});

describe('a token for a gate', () => {
  it('is for those who have Admin at the sensor', async () => {
    const sensor = sensorId('GNT-PS-01');
    const site = { kind: 'site' as const, id: portal.sites.site('Ghent').id };
    await create(portal.admin, settingBody({ name: 'Ghent', targets: [site] }));
    const path = `/sensors/${sensor}/gate/enrolment`;
    const ask = async (...groups: readonly string[]) =>
      (await (await portal.as(...groups))('POST', path, { body: {} })).status;
    expect(await ask(portalGroups.securityAnalyst)).toBe(403);
    expect(await ask(siteGroups.analysts)).toBe(403);
    expect(await ask(siteGroups.others)).toBe(403);
    expect(await ask(siteGroups.admins)).toBe(200);
    const elsewhere = await portal.as(siteGroups.admins);
    const antwerp = `/sensors/${sensorId('ANT-TF-01')}/gate/enrolment`;
    expect((await elsewhere('POST', antwerp, { body: {} })).status).toBe(404);
  });

  it('comes with a command that says where people open the gate', async () => {
    const path = `/sensors/${sensorId('GNT-PS-01')}/gate/enrolment`;
    const ask = (origin: string) => portal.admin('POST', path, { body: { origin } });
    const command = async (origin: string) =>
      createGateEnrolment.response.parse((await ask(origin)).body).command;
    expect(await command('https://Sensor.example.com:8443/')).toMatch(
      / --token [\w-]{43} --public-url https:\/\/sensor\.example\.com:8443$/u,
    );
    // A shell may take brackets for a pattern of file names.
    expect(await command('http://[::1]:8090')).toMatch(/ --public-url 'http:\/\/\[::1\]:8090'$/u);
    const refused = await ask('http://sensor.example.com');
    expect(refused.status).toBe(400);
    expect(problem.parse(refused.body).errors).toMatchObject([
      { path: '/origin', message: 'must be https, except for localhost' },
    ]);
    expect((await audited('gate.enrolmentCreated')).at(-1)).toMatchObject({
      after: { origin: 'http://[::1]:8090' },
    });
  });

  it('names the live gate that the new one is to replace', async () => {
    const old = await portal.enrol('GNT-UT-01');
    const path = `/sensors/${old.sensorId}/gate/enrolment`;
    const blind = await portal.admin('POST', path, { body: {} });
    expect([blind.status, codeOf(blind)]).toEqual([409, 'gate_exists']);
    expect(problem.parse(blind.body).details).toMatchObject({ gate: { id: old.gateId } });
    const wrong = await portal.admin('POST', `/sensors/${sensorId('GOT-WW-01')}/gate/enrolment`, {
      body: { replaces: old.gateId },
    });
    expect([wrong.status, codeOf(wrong)]).toEqual([409, 'gate_gone']);

    const fresh = await portal.enrol('GNT-UT-01', old);
    const refused = await old.bundle();
    expect([refused.status, codeOf(refused)]).toEqual([401, 'gate_revoked']);
    expect((await fresh.bundle()).status).toBe(200);
  });
});

describe('revoking a gate', () => {
  it('makes its key count no more, and says so to it alone', async () => {
    const gate = await portal.enrol('GOT-WW-01');
    const { token } = await enrolmentToken(portal.admin, gate.sensorId, gate.gateId);
    const path = `/sensors/${gate.sensorId}/gate`;
    const other = await portal.admin('DELETE', `${path}?gateId=${gate.sensorId}`);
    expect([other.status, codeOf(other)]).toEqual([409, 'gate_exists']);
    const analyst = await portal.as(portalGroups.securityAnalyst);
    expect((await analyst('DELETE', `${path}?gateId=${gate.gateId}`)).status).toBe(403);
    expect((await portal.admin('DELETE', `${path}?gateId=${gate.gateId}`)).status).toBe(204);
    const refused = await gate.bundle(gate.first.tag);
    expect([refused.status, codeOf(refused)]).toEqual([401, 'gate_revoked']);
    expect(refused.headers['www-authenticate']).toBe('GatehouseGate error="gate_revoked"');
    const stranger = await gate.ask({ path: '/gate/v1/bundle', key: await makeGateKey() });
    expect([stranger.status, codeOf(stranger)]).toEqual([401, 'gate_unknown']);
    expect((await audited('gate.revoked')).at(-1)).toMatchObject({
      actor: { kind: 'entra' },
      before: { id: gate.gateId, keyFingerprint: gate.key.publicKey.kid },
    });
    // A token that was made before doesn't bring it back.
    expect(codeOf(await redeem(portal.options, token, key))).toBe('enrolment_token_unknown');
    expect((await portal.admin('DELETE', `${path}?gateId=${gate.gateId}`)).status).toBe(404);
  });
});
