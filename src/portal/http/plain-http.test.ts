import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBarePortal, type BarePortal } from '../../testing/bare-portal.ts';

let portal: BarePortal;
beforeAll(async () => {
  portal = await startBarePortal({
    env: { GATEHOUSE_HOST: '0.0.0.0', GATEHOUSE_TRUST_PROXY: '192.0.2.9' },
  });
});
afterAll(() => portal.close());

describe('plain http, where a proxy is trusted', () => {
  it.each(['192.0.2.9', '::ffff:192.0.2.9', '127.0.0.1', '::1'])(
    'serves that proxy and this machine: %s',
    async (remoteAddress) => {
      const answer = await portal.app.inject({ url: '/api/v1/configuration', remoteAddress });
      expect(answer.statusCode).toBe(200);
    },
  );

  it.each(['192.0.2.1', '::ffff:192.0.2.1', 'fd00::7'])(
    'serves nobody else: %s',
    async (remoteAddress) => {
      const headers = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
      for (const url of ['/api/v1/configuration', '/api/v1/me', '/healthz', '/', '/nothing']) {
        const answer = await portal.app.inject({ url, remoteAddress, headers });
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
          403,
          'https_only',
        ]);
      }
    },
  );
});
