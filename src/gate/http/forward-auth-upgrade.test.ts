import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminGroup,
  analystGroup,
  codeIn,
  gateUrl,
  readerGroup,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';

let gate: TestGate;
let admin = '';
let analyst = '';
let reader = '';
beforeAll(async () => {
  gate = await startTestGate({ assertions: true });
  admin = await gate.cookieOf(adminGroup);
  analyst = await gate.cookieOf(analystGroup);
  reader = await gate.cookieOf(readerGroup);
});
afterAll(() => gate.close());

const nginx = (method: string, uri: string) => ({
  'x-original-method': method,
  'x-original-uri': uri,
});
const socket = {
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'x-original-upgrade': 'websocket',
};
const auth = (cookie: string, headers: Record<string, string>) =>
  gate.ask('/_gatehouse/auth', { headers: { cookie, origin: gateUrl, ...headers } });

describe('a proxy that asks about a change of protocol', () => {
  it('tells a WebSocket by what is asked for, without a key as well', async () => {
    const headers = { ...nginx('GET', '/live'), 'x-original-upgrade': 'WebSocket' };
    expect((await auth(reader, headers)).status).toBe(403);
    expect((await auth(analyst, headers)).status).toBe(200);
    expect((await auth(reader, { ...headers, 'x-original-upgrade': '' })).status).toBe(200);
  });

  it.each([
    ['nginx', { 'x-original-upgrade': 'h2c' }],
    ['nginx, of two', { 'x-original-upgrade': 'websocket, h2c' }],
    ['a proxy that names it itself', { upgrade: 'h2c' }],
    ['a proxy that says one thing, and a client another', { upgrade: 'h2c', ...socket }],
  ])('gets nobody another protocol: %s', async (_what, headers) => {
    for (const cookie of [reader, analyst, admin]) {
      const answer = await auth(cookie, { ...nginx('GET', '/flows'), ...headers });
      expect([answer.status, codeIn(answer)]).toEqual([403, 'upgrade_unsupported']);
    }
  });

  it('may ask by the beginning of a WebSocket, as Caddy does', async () => {
    const asking = (cookie: string, headers: readonly string[]) =>
      gate.raw(
        ['GET /_gatehouse/auth HTTP/1.1', 'Host: x', 'Connection: Upgrade', `Cookie: ${cookie}`]
          .concat([`Origin: ${gateUrl}`, 'X-Forwarded-Method: GET', 'X-Forwarded-Uri: /live'])
          .concat([...headers, '', ''])
          .join('\r\n'),
      );
    const opening = ['Upgrade: websocket', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'];
    const allowed = await asking(analyst, opening);
    expect(allowed).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/u);
    expect(allowed).toContain('X-Gatehouse-Role: securityAnalyst\r\n');
    expect(allowed).toContain('X-Gatehouse-Assertion: ');
    expect(await asking(reader, opening)).toMatch(/^HTTP\/1\.1 403 [\s\S]*console_refused/u);
    expect(await asking('', opening)).toMatch(/^HTTP\/1\.1 401 [\s\S]*not_signed_in/u);
    const foreign = await asking(analyst, [...opening, 'Origin: https://evil.example']);
    expect(foreign).toMatch(/^HTTP\/1\.1 403 [\s\S]*foreign_origin/u);
    for (const cookie of [analyst, admin]) {
      const other = await asking(cookie, ['Upgrade: h2c', 'HTTP2-Settings: x']);
      expect(other).toMatch(/^HTTP\/1\.1 403 [\s\S]*upgrade_unsupported/u);
    }
  });
});
