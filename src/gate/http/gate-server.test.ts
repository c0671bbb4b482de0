import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readerGroup, gateUrl, startTestGate } from '../../testing/test-gate.ts';
import { startTestConsole } from '../../testing/test-console.ts';
import { createAnswers } from './answers.ts';
import { createGateServer } from './gate-server.ts';

describe('a request that brings up what nobody foresaw', () => {
  it('is answered with 500, and the server goes on', async () => {
    const failed: unknown[] = [];
    const fail = () => {
      throw new Error('unforeseen');
    };
    const server = createGateServer({
      door: { onRequest: fail, onUpgrade: fail },
      answers: createAnswers(gateUrl, () => 'reference'),
      headersTimeout: 1_000,
      tls: null,
      onError: (error) => void failed.push(error),
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = async () => {
      const outgoing = httpRequest({ host: '127.0.0.1', port, agent: false }).end();
      const [answer] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
      return text(answer);
    };
    expect(await ask()).toContain('internal_error');
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await text(socket)).toBe('');
    expect(await ask()).toContain('internal_error');
    expect(failed).toHaveLength(3);
    server.closeAllConnections();
    server.close();
  });

  it('isn’t one with half a character in a name', async () => {
    const behind = await startTestConsole();
    onTestFinished(() => behind.close());
    const gate = await startTestGate({ upstream: behind.origin });
    onTestFinished(() => gate.close());
    const upn = 'ada\ud800@example.com';
    const answer = await gate.open({
      groups: [readerGroup],
      name: 'Ada \ud800',
      upn,
      preferred_username: upn,
    });
    expect(answer.status).toBe(200);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    expect((await gate.ask('/flows', { headers: { cookie } })).status).toBe(200);
    expect(behind.last().headers).toMatchObject({
      'x-gatehouse-name': 'Ada%20%EF%BF%BD',
      'x-gatehouse-user': 'ada%EF%BF%BD%40example.com',
    });
  });

  it('isn’t one with thousands of headers: the last of them counts as well', async () => {
    const gate = await startTestGate();
    onTestFinished(() => gate.close());
    const cookie = await gate.cookieOf(readerGroup);
    const many = Array.from({ length: 3_000 }, (_, at) => `a${at}:`);
    const ask = (...headers: string[]) =>
      gate.raw(
        ['GET /_gatehouse/auth HTTP/1.1', 'Host: x', `Origin: ${gateUrl}`, `Cookie: ${cookie}`]
          .concat(['X-Original-Method: GET', 'X-Original-URI: /live', ...many, ...headers])
          .concat(['Connection: close', '', ''])
          .join('\r\n'),
      );
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 /u);
    expect(await ask('Sec-WebSocket-Key: x')).toMatch(/^HTTP\/1\.1 403 /u);
  });
});
