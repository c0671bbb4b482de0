import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../contract/problem.ts';
import {
  assertion,
  makeGateKey,
  type GateKey,
  type GateRequest,
  type TestGate,
} from '../../testing/gate-client.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';

const path = '/gate/v1/bundle';

let portal: GatesPortal;
let gate: TestGate;
let other: TestGate;
let stranger: GateKey;
beforeAll(async () => {
  portal = await startGatesPortal();
  gate = await portal.enrol('ANT-TF-01');
  other = await portal.enrol('GNT-PS-01');
  stranger = await makeGateKey();
});
afterAll(() => portal.close());

async function outcome(request: Partial<GateRequest>): Promise<string> {
  const { status, body } = await gate.ask({ path, ...request });
  return status === 401 || status === 400
    ? `${status} ${problem.parse(body).code}`
    : String(status);
}
const now = Math.floor(Date.now() / 1000);
const own = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
  assertion({
    key: gate.key,
    issuer: gate.gateId,
    portalUrl: publicUrl,
    method: 'GET',
    path,
    claims,
    header,
  });

describe('a gate’s assertion', () => {
  it('lets its gate in', async () => {
    expect(await outcome({})).toBe('200');
  });

  it.each<[string, Partial<GateRequest>]>([
    ['another algorithm', { header: { alg: 'none' } }],
    ['an algorithm of another family', { header: { alg: 'HS256' } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['a critical extension', { header: { crit: ['exp'] } }],
    ['a key of its own', { header: { jwk: {} } }],
    ['another portal', { claims: { aud: 'https://other.example.com' } }],
    ['another method', { claims: { htm: 'POST' } }],
    ['another path', { claims: { htu: '/gate/v1/reports' } }],
    ['a query besides', { path: `${path}?a=1`, claims: { htu: path } }],
    ['a body that isn’t there', { claims: { bh: 'A'.repeat(43) } }],
    ['too long a life', { claims: { exp: now + 3600 } }],
    ['no end before its beginning', { claims: { exp: now - 1 } }],
    ['a claim that nobody knows', { claims: { nbf: 1 } as GateRequest['claims'] & object }],
    ['no number of its own', { claims: { jti: 'short' } }],
  ])('is refused with %s', async (_name, request) => {
    expect(await outcome(request)).toBe('401 gate_assertion_invalid');
  });

  it.each([
    ['nothing at all', undefined],
    ['another scheme', 'Bearer x'],
    ['too few parts', 'GatehouseGate a.b'],
    ['too many parts', 'GatehouseGate a.b.c.d'],
    ['two of them', 'GatehouseGate a.b.c a.b.c'],
    ['no base64url', 'GatehouseGate !.!.!'],
    ['far too much', `GatehouseGate ${'a'.repeat(4000)}.b.c`],
  ])('is refused as %s', async (_name, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await portal.app.inject({ url: path, headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^GatehouseGate error="gate_assertion_/u);
  });

  it('is refused when signed by somebody else, or changed', async () => {
    const strange = { key: stranger, header: { kid: gate.key.publicKey.kid } };
    expect(await outcome(strange)).toBe('401 gate_assertion_invalid');
    expect(await outcome({ key: other.key })).toBe('401 gate_unknown');
    expect(await outcome({ claims: { iss: randomUUID() } })).toBe('401 gate_unknown');
    expect(await outcome({ claims: { iss: "' or 1=1" } })).toBe('401 gate_unknown');
    const [head, body, signature] = own().split('.');
    const [, changed] = own({ exp: now + 50 }).split('.');
    expect(body).not.toBe(changed);
    const spliced = `GatehouseGate ${head}.${changed}.${signature}`;
    expect(await outcome({ authorization: spliced })).toBe('401 gate_assertion_invalid');
    const cut = `GatehouseGate ${head}.${body}.${signature?.slice(0, -4)}`;
    expect(await outcome({ authorization: cut })).toBe('401 gate_assertion_invalid');
  });

  it('is good once', async () => {
    const authorization = `GatehouseGate ${own()}`;
    expect(await outcome({ authorization })).toBe('200');
    expect(await outcome({ authorization })).toBe('401 gate_assertion_replayed');
    const jti = randomUUID();
    expect(await outcome({ claims: { jti } })).toBe('200');
    expect(await outcome({ claims: { jti } })).toBe('401 gate_assertion_replayed');
    // Of two at once, one.
    const twice = `GatehouseGate ${own()}`;
    const both = await Promise.all([1, 2].map(() => outcome({ authorization: twice })));
    expect(both.toSorted()).toEqual(['200', '401 gate_assertion_replayed']);
  });

  it('of a gate whose clock is off tells it the time', async () => {
    for (const off of [-3_600_000, 3_600_000]) {
      const answer = await gate.ask({ path, now: Date.now() + off });
      const { code, details } = problem.parse(answer.body);
      expect([answer.status, code]).toEqual([401, 'clock_off']);
      const told = new Date(String(details?.['now'])).getTime();
      expect(Math.abs(told - Date.now())).toBeLessThan(60_000);
      expect(Math.abs(Number(details?.['offset']) - off)).toBeLessThan(60_000);
    }
    // Not to those who haven't got the key.
    const strange = { key: stranger, header: { kid: gate.key.publicKey.kid }, now: 0 };
    expect(await outcome(strange)).toBe('401 gate_assertion_invalid');
    expect(await outcome({ now: Date.now() - 20_000 })).toBe('200');
  });

  it('vouches for the body', async () => {
    const json = { step: 1 };
    const wrong = { method: 'PUT', path: '/gate/v1/key', json } as const;
    expect(await outcome({ ...wrong, claims: { bh: 'A'.repeat(43) } })).toBe(
      '401 gate_assertion_invalid',
    );
    expect(await outcome({ ...wrong, claims: { bh: undefined } })).toBe(
      '401 gate_assertion_invalid',
    );
    // With the right one it is the body itself that is wrong.
    expect(await outcome(wrong)).toBe('400 invalid_request');
  });
});
