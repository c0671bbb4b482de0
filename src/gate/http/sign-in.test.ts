import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gateSessionAnswer, gateStatus } from '../../contract/gate-page.ts';
import { personInGraph, startGraphServer } from '../../testing/graph-server.ts';
import {
  adminGroup,
  analystGroup,
  codeIn,
  cookieIn,
  readerGroup,
  sampleBundle,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';
import { makePair, personId, tenantId } from '../../testing/token-issuer.ts';

let gate: TestGate;
beforeAll(async () => {
  gate = await startTestGate();
});
afterAll(() => gate.close());
afterEach(() => {
  gate.put({ bundle: sampleBundle(gate.issuer.loginUrl), condition: 'inForce' });
  gate.setPortal({ reachable: true, unreachableSince: null, clockOffset: 0 });
});

const now = () => Math.floor(Date.now() / 1000);

describe('signing in', () => {
  it('opens a session with the highest mapped role (R1), and says through what', async () => {
    const answer = await gate.open({ groups: [readerGroup, adminGroup.toUpperCase()] });
    expect(answer.status).toBe(200);
    expect(gateSessionAnswer.parse(JSON.parse(answer.body))).toMatchObject({
      kind: 'entra',
      name: 'Ada Admin',
      role: 'admin',
      through: { settingName: 'Plant A operators', groups: [{ id: adminGroup }] },
      idleMinutes: 30,
    });
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^__Host-gatehouse-[0-9a-f]{12}=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/u,
    );
    expect(gate.events.at(-1)).toMatchObject({
      kind: 'signIn',
      outcome: 'succeeded',
      role: 'admin',
      person: { objectId: personId, userPrincipalName: 'ada@example.com' },
      address: '127.0.0.1',
    });
  });

  it('ends the session that the browser had before', async () => {
    const first = await gate.cookieOf(readerGroup);
    const token = await gate.issuer.token({
      aud: gate.bundle().setting?.clientId,
      groups: [adminGroup],
    });
    const second = await gate.openBy(token, { cookie: first });
    const seen = await gate.ask('/_gatehouse/api/session', { headers: { cookie: first } });
    expect(JSON.parse(seen.body)).toEqual({ session: null, ended: 'signedOut' });
    expect(cookieIn(second)).not.toBe(first);
  });

  it.each([
    ['of another tenant', { tid: '0a1b2c3d-0000-4000-8000-0000000000ff' }, 'token_wrong_tenant'],
    [
      'of another issuer',
      { iss: 'https://login.microsoftonline.com/x/v2.0' },
      'token_wrong_issuer',
    ],
    ['for another API', { aud: '0a1b2c3d-0000-4000-8000-0000000000ff' }, 'token_wrong_audience'],
    ['of another client', { azp: '0a1b2c3d-0000-4000-8000-0000000000ff' }, 'token_wrong_client'],
    ['that has expired', { exp: now() - 3600 }, 'token_expired'],
    ['of the future', { nbf: now() + 3600 }, 'token_not_yet_valid'],
    ['that is an id token', { scp: undefined, azp: undefined }, 'token_is_id_token'],
    ['of an application', { idtyp: 'app' }, 'token_app_only'],
  ])('refuses a token %s', async (_what, claims, code) => {
    const answer = await gate.open(claims);
    expect([answer.status, codeIn(answer), answer.headers['set-cookie']]).toEqual([
      401,
      code,
      undefined,
    ]);
  });

  it('refuses a token that somebody else signed', async () => {
    const forged = await makePair('key-1');
    const token = await gate.issuer.token({ aud: gate.bundle().setting?.clientId }, {}, forged);
    const answer = await gate.openBy(token);
    expect([answer.status, codeIn(answer)]).toEqual([401, 'token_bad_signature']);
  });

  it('refuses somebody in no mapped group, and says which setting was asked (R2), once', async () => {
    const before = gate.events.length;
    const claims = { groups: ['10000000-0000-4000-8000-00000000ffff'], sid: 'nobody' };
    const answer = await gate.open(claims);
    await gate.open(claims);
    expect([answer.status, codeIn(answer)]).toEqual([403, 'no_role']);
    expect(answer.body).toContain('Plant A operators');
    expect(answer.body).toContain('OT readers');
    expect(gate.events.slice(before)).toMatchObject([
      { kind: 'signIn', outcome: 'refused', code: 'no_role' },
    ]);
  });

  it('refuses an incomplete profile, and names what is missing (R12)', async () => {
    const answer = await gate.open({ groups: [adminGroup], upn: undefined, given_name: ' ' });
    expect([answer.status, codeIn(answer)]).toEqual([403, 'profile_incomplete']);
    expect(answer.body).toContain('First name, User principal name');
  });

  it.each([
    ['sso_off', { bundle: { setting: null }, condition: 'inForce' }],
    ['sensor_unsupported', { bundle: { sensor: { version: '24.1.1' } }, condition: 'inForce' }],
    ['sensor_unsupported', { bundle: { sensor: { version: 'unknown' } }, condition: 'inForce' }],
    ['bundle_expired', { bundle: {}, condition: 'expired' }],
    ['gate_revoked', { bundle: {}, condition: 'revoked' }],
    ['no_bundle', { bundle: null, condition: 'noBundle' }],
  ] as const)(
    'says %s to whoever comes, and in its status',
    async (code, { bundle, condition }) => {
      const sample = sampleBundle(gate.issuer.loginUrl);
      const changed =
        bundle === null
          ? null
          : {
              ...sample,
              ...('setting' in bundle ? { setting: null } : {}),
              ...('sensor' in bundle ? { sensor: { ...sample.sensor, ...bundle.sensor } } : {}),
            };
      gate.put({ bundle: changed, condition });
      const answer = await gate.open({ groups: [adminGroup], sid: code });
      expect([answer.status, codeIn(answer)]).toEqual([403, code]);
      const status = await gate.ask('/_gatehouse/api/status');
      expect(gateStatus.parse(JSON.parse(status.body)).refusal).toMatchObject({ code });
    },
  );

  it('says that the clock is off, and by how much, where a token fails by it', async () => {
    gate.setPortal({ reachable: true, unreachableSince: null, clockOffset: -2 * 3_600_000 });
    const answer = await gate.open({ nbf: now() + 3600 });
    expect([answer.status, codeIn(answer)]).toEqual([403, 'clock_off']);
    expect(answer.body).toContain('2 hours slow');
    const status = await gate.ask('/_gatehouse/api/status');
    expect(JSON.parse(status.body)).toMatchObject({ clock: '2 hours slow' });
  });

  it('takes a page of another origin for nobody', async () => {
    const token = await gate.issuer.token({
      aud: gate.bundle().setting?.clientId,
      groups: [adminGroup],
    });
    for (const origin of [
      undefined,
      'null',
      'https://evil.example',
      'http://sensor-07.plant.example',
    ]) {
      const answer = await gate.ask('/_gatehouse/api/session', {
        method: 'POST',
        headers: {
          ...(origin === undefined ? {} : { origin }),
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: '{}',
      });
      expect([answer.status, codeIn(answer)]).toEqual([403, 'foreign_origin']);
    }
  });

  it('follows another client of the setting at once', async () => {
    const other = '0a1b2c3d-0000-4000-8000-0000000000ee';
    gate.change({ clientId: other });
    expect((await gate.open({ groups: [adminGroup] })).status).toBe(401);
    expect((await gate.open({ groups: [adminGroup], aud: other, azp: other })).status).toBe(200);
  });
});

describe('without Entra', () => {
  it('says that keys can’t be had, and its status says since when', async () => {
    const own = await startTestGate();
    try {
      own.issuer.publish(null);
      const answer = await own.open({ groups: [adminGroup] });
      expect([answer.status, codeIn(answer)]).toEqual([503, 'keys_unavailable']);
      const { entra } = gateStatus.parse(
        JSON.parse((await own.ask('/_gatehouse/api/status')).body),
      );
      expect(entra.reachable).toBe(false);
      expect(entra.unreachableSince).not.toBeNull();
    } finally {
      await own.close();
    }
  });
});

describe('an incomplete group list (R11)', () => {
  const overage = { groups: undefined, _claim_names: { groups: 'src1' }, sid: 'overage' };

  it('is never read as none: Graph is asked with the person’s own token', async () => {
    const before = gate.events.length;
    const asked = await gate.open(overage);
    expect([asked.status, codeIn(asked)]).toEqual([403, 'groups_incomplete']);
    expect(gate.events.length).toBe(before);
    const graph = await startGraphServer();
    graph.answerBy(personInGraph(personId, [analystGroup]));
    try {
      const sample = sampleBundle(gate.issuer.loginUrl);
      gate.put({
        bundle: { ...sample, entra: { ...sample.entra, graphUrl: graph.url } },
        condition: 'inForce',
      });
      const answer = await complete('graph-token');
      expect(JSON.parse(answer.body)).toMatchObject({ role: 'securityAnalyst' });
    } finally {
      await graph.close();
    }
  });

  it('is refused where Graph fails, and recorded', async () => {
    const answer = await complete('graph-token');
    expect([answer.status, codeIn(answer)]).toEqual([403, 'groups_incomplete']);
    expect(gate.events.at(-1)).toMatchObject({
      outcome: 'refused',
      code: 'groups_incomplete',
      person: { tenantId },
    });
  });

  async function complete(graphAccessToken: string) {
    const token = await gate.issuer.token({ aud: gate.bundle().setting?.clientId, ...overage });
    return gate.openBy(token, { body: { graphAccessToken } });
  }
});
