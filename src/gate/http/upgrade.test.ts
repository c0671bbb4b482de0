import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import {
  adminGroup,
  analystGroup,
  gateUrl,
  readerGroup,
  sampleBundle,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';

let behind: TestConsole;
let gate: TestGate;
let admin = '';
let reader = '';
beforeAll(async () => {
  behind = await startTestConsole();
  behind.server.on('upgrade', (request, socket: Socket) => {
    if (request.url === '/silent') {
      socket.on('error', () => socket.destroy()).resume();
      socket.on('end', () => socket.destroy());
      return;
    }
    if (request.url === '/no-socket') {
      socket.end('HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\ntea');
      return;
    }
    const { upgrade, connection, origin } = request.headers;
    const role = String(request.headers['x-gatehouse-role']);
    const accept = request.url === '/no-change' ? 'x' : 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(`${role} ${String(upgrade)} ${String(connection)} ${String(origin)}\n`);
    socket.pipe(socket);
    socket.on('error', () => socket.destroy());
  });
  gate = await startTestGate({ upstream: behind.origin });
  admin = await gate.cookieOf(adminGroup);
  reader = await gate.cookieOf(readerGroup);
});
afterAll(async () => {
  await gate.close();
  await behind.close();
});

describe('WebSockets', () => {
  async function upgrade(
    path: string,
    cookie: string,
    headers: readonly string[] = [`Origin: ${gateUrl}`],
    key = 'dGhlIHNhbXBsZSBub25jZQ==',
    port = gate.port,
  ) {
    const socket = connect(port, '127.0.0.1');
    const all = new PassThrough();
    socket.pipe(all);
    socket.on('error', () => socket.destroy());
    socket.write(
      [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: keep-alive, Upgrade', 'Upgrade: websocket']
        .concat([`Cookie: ${cookie}`, `Sec-WebSocket-Key: ${key}`, ...headers, '', ''])
        .join('\r\n'),
    );
    let seen = '';
    const until = async (expected: string) => {
      while (!seen.includes(expected)) {
        const [chunk] = (await once(all, 'data')) as [Buffer];
        seen += chunk.toString();
      }
      return seen;
    };
    return { socket, until, end: () => text(all) };
  }

  it('are joined with the console’s, both ways', async () => {
    const { socket, until } = await upgrade('/live', admin);
    expect(await until('\n')).toContain('101 Switching Protocols');
    expect(await until('admin ')).toContain(`admin websocket Upgrade ${gateUrl}`);
    socket.write('ping');
    await until('ping');
    socket.destroy();
  });

  it.each([
    ['of Read only', () => reader, [`Origin: ${gateUrl}`], '403', 'console_refused'],
    ['of another origin', () => admin, ['Origin: https://evil.example'], '403', 'foreign_origin'],
    ['without an origin', () => admin, [], '403', 'foreign_origin'],
    ['of nobody', () => 'a=b', [`Origin: ${gateUrl}`], '401', 'not_signed_in'],
    [
      'with a body',
      () => admin,
      [`Origin: ${gateUrl}`, 'Content-Length: 5'],
      '400',
      'upgrade_unsupported',
    ],
  ])('are refused: %s', async (_what, cookie, headers, status, code) => {
    const { end } = await upgrade('/live', cookie(), headers);
    const answer = await end();
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
    expect(answer).toContain(code);
  });

  it('are nothing else: h2c and the gate’s own pages are refused', async () => {
    const h2c = `GET /flows HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\nCookie: ${admin}\r\n\r\n`;
    expect(await gate.raw(h2c)).toMatch(/^HTTP\/1\.1 400 /u);
    const { end } = await upgrade('/_gatehouse/api/session', admin);
    expect(await end()).toMatch(/^HTTP\/1\.1 400 /u);
  });

  it('aren’t there where the console says 101 and goes on in HTTP: nothing is passed on', async () => {
    const { socket, end } = await upgrade('/no-change', admin);
    socket.write('GET /admin HTTP/1.1\r\nHost: x\r\nX-Gatehouse-Role: admin\r\n\r\n');
    const answer = await end();
    expect(answer).toMatch(/^HTTP\/1\.1 502 /u);
    expect(answer).not.toContain('admin websocket');
  });

  it.each(['', 'x', 'dGhlIHNhbXBsZSBub25jZQ', 'dGhlIHNhbXBsZSBub25jZQ==, x'])(
    'have a key by which it shows that the console has changed over: %j is refused',
    async (key) => {
      const { end } = await upgrade('/live', admin, [`Origin: ${gateUrl}`], key);
      expect(await end()).toMatch(/^HTTP\/1\.1 400 /u);
    },
  );

  it('that the console doesn’t answer end in time', async () => {
    const impatient = await startTestGate({ upstream: behind.origin, limits: { answer: 500 } });
    onTestFinished(() => impatient.close());
    const cookie = await impatient.cookieOf(adminGroup);
    const { end } = await upgrade('/silent', cookie, undefined, undefined, impatient.port);
    expect(await end()).toMatch(/^HTTP\/1\.1 504 /u);
    const { socket, until } = await upgrade('/live', cookie, undefined, undefined, impatient.port);
    await until('admin ');
    await sleep(600);
    socket.write('still here');
    await until('still here');
    socket.destroy();
  });

  it('that the console declines are answered with its answer', async () => {
    const { end } = await upgrade('/no-socket', admin);
    expect(await end()).toMatch(/^HTTP\/1\.1 418 Teapot[\s\S]*tea$/u);
  });

  it.each([
    ['the session is revoked', 'revoked'],
    ['the rules change', 'rules'],
    ['the bundle expires', 'expired'],
  ] as const)('end when %s (R15)', async (_what, how) => {
    const cookie = await gate.cookieOf(analystGroup);
    const event = gate.events.findLast(({ kind }) => kind === 'signIn');
    const sessionId = event?.kind === 'signIn' ? (event.sessionId ?? '') : '';
    const { until, socket } = await upgrade('/live', cookie);
    await until('securityAnalyst');
    const closed = once(socket, 'close');
    const bundle = sampleBundle(gate.issuer.loginUrl, {
      number: 2,
      revocations: how === 'revoked' ? [{ kind: 'session', sessionId }] : [],
    });
    if (how === 'rules') gate.change({ consoleRules: { securityAnalyst: [], readOnly: [] } });
    else gate.put({ bundle, condition: how === 'expired' ? 'expired' : 'inForce' });
    await closed;
    gate.put({ bundle: sampleBundle(gate.issuer.loginUrl), condition: 'inForce' });
  });
});
