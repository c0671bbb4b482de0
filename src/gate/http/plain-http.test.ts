import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestConsole } from '../../testing/test-console.ts';
import { adminGroup, codeIn, gateUrl, startTestGate } from '../../testing/test-gate.ts';

async function gateSeenFrom(peer: string, trustedProxies: readonly string[]) {
  const behind = await startTestConsole();
  onTestFinished(() => behind.close());
  const gate = await startTestGate({ upstream: behind.origin, trustedProxies, peer });
  onTestFinished(() => gate.close());
  return { gate, behind };
}

describe('plain http, where a proxy is trusted', () => {
  it('serves that proxy', async () => {
    const { gate } = await gateSeenFrom('192.0.2.9', ['192.0.2.9']);
    const cookie = await gate.cookieOf(adminGroup);
    expect((await gate.ask('/flows', { headers: { cookie } })).status).toBe(200);
  });

  it.each(['192.0.2.1', '::ffff:192.0.2.1', 'fd00::7'])(
    'serves nobody else: %s',
    async (stranger) => {
      const { gate, behind } = await gateSeenFrom(stranger, ['192.0.2.9']);
      const headers = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
      for (const path of ['/flows', '/_gatehouse/', '/_gatehouse/auth', '/_gatehouse/healthz']) {
        const answer = await gate.ask(path, { headers });
        expect([answer.status, codeIn(answer)]).toEqual([403, 'https_only']);
      }
      expect((await gate.open()).status).toBe(403);
      const socket = ['GET /live HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket']
        .concat(['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Origin: ${gateUrl}`, '', ''])
        .join('\r\n');
      expect(await gate.raw(socket)).toMatch(/^HTTP\/1\.1 403 [\s\S]*https_only/u);
      expect(behind.seen).toEqual([]);
    },
  );
});
