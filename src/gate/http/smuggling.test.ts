import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import { adminGroup, startTestGate, type TestGate } from '../../testing/test-gate.ts';

let behind: TestConsole;
let gate: TestGate;
let cookie = '';
beforeAll(async () => {
  behind = await startTestConsole();
  gate = await startTestGate({ upstream: behind.origin, limits: { headers: 300, body: 300 } });
  cookie = await gate.cookieOf(adminGroup);
});
afterAll(async () => {
  await gate.close();
  await behind.close();
});

const origin = 'Origin: https://sensor-07.plant.example';
const head = (line: string, ...headers: string[]) =>
  [line, 'Host: x', `Cookie: ${cookie}`, origin, ...headers].join('\r\n');
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/u.exec(answer)?.[1]);
/** How many answers came over the one connection. */
const answersIn = (answer: string) => answer.match(/HTTP\/1\.1 \d+/gu)?.length ?? 0;

const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a request that two servers could read in two ways', () => {
  const shapes: readonly (readonly [what: string, headers: readonly string[], body: string])[] = [
    ['both lengths', ['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
    [
      'both, the other way round',
      ['Transfer-Encoding: chunked', 'Content-Length: 6'],
      `0\r\n\r\n${smuggled}`,
    ],
    ['two lengths', ['Content-Length: 0', `Content-Length: ${smuggled.length}`], smuggled],
    ['a list of lengths', [`Content-Length: 0, ${smuggled.length}`], smuggled],
    ['a length with a sign', ['Content-Length: +0'], smuggled],
    ['a length in hexadecimal', ['Content-Length: 0x0'], smuggled],
    ['a negative length', ['Content-Length: -1'], smuggled],
    ['an unknown coding', ['Transfer-Encoding: xchunked'], `0\r\n\r\n${smuggled}`],
    ['a coding after chunked', ['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${smuggled}`],
    ['identity', ['Transfer-Encoding: identity'], smuggled],
    ['two codings', ['Transfer-Encoding: gzip, chunked'], `0\r\n\r\n${smuggled}`],
    [
      'chunked twice',
      ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
      `0\r\n\r\n${smuggled}`,
    ],
    ['a space before the colon', ['Transfer-Encoding : chunked'], `0\r\n\r\n${smuggled}`],
    ['a vertical tab', ['Transfer-Encoding:\vchunked'], `0\r\n\r\n${smuggled}`],
    ['a bare line feed', ['X: 1\nTransfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
    ['a bare carriage return', ['X: 1\rTransfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
    ['a wrong chunk size', ['Transfer-Encoding: chunked'], `zz\r\n\r\n${smuggled}`],
    ['a chunk size with a sign', ['Transfer-Encoding: chunked'], `+0\r\n\r\n${smuggled}`],
    ['a zero byte', ['X: a\0b'], smuggled],
    ['two hosts', ['Host: evil.example'], ''],
  ];

  it.each(shapes)('is refused: %s', async (_what, headers, body) => {
    const before = behind.seen.length;
    const answer = await gate.raw(`${head('POST /flows HTTP/1.1', ...headers)}\r\n\r\n${body}`);
    expect(statusOf(answer)).toBe(400);
    expect(answersIn(answer)).toBe(1);
    expect(behind.seen.slice(before).map(({ url }) => url)).not.toContain('/smuggled');
  });

  it('isn’t one with a folded line: the console gets it unfolded, or nobody does', async () => {
    const before = behind.seen.length;
    const answer = await gate.raw(
      `${head('POST /flows HTTP/1.1', 'X: 1', ' Transfer-Encoding: chunked', 'Content-Length: 0', 'Connection: close')}\r\n\r\n`,
    );
    for (const { rawHeaders } of behind.seen.slice(before)) {
      expect(rawHeaders.join('\n')).not.toMatch(/^ /mu);
      expect(rawHeaders.map((name) => name.toLowerCase())).not.toContain('transfer-encoding');
    }
    expect(answersIn(answer)).toBe(1);
  });

  it.each(['Content_Length: 40', 'Transfer_Encoding: chunked', 'X_Forwarded_For: 1.2.3.4'])(
    'isn’t made by an underscore: %s goes no further',
    async (header) => {
      const answer = await gate.raw(
        `${head('POST /flows HTTP/1.1', header, 'Content-Length: 1', 'Connection: close')}\r\n\r\nx`,
      );
      expect(statusOf(answer)).toBe(200);
      expect(behind.last().rawHeaders.filter((name) => name.includes('_'))).toEqual([]);
      expect(behind.last().body).toBe('x');
    },
  );
});

describe('a target that is no path of the console', () => {
  it.each([
    'GET http://evil.example/ HTTP/1.1',
    'GET http://127.0.0.1/_gatehouse/auth HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GET evil.example:80 HTTP/1.1',
    'GET /a#b HTTP/1.1',
    'GET /caf\xe9 HTTP/1.1',
    'GET /a b HTTP/1.1',
    'GET /a\tb HTTP/1.1',
    'GET /a',
  ])('is refused: %j', async (line) => {
    const before = behind.seen.length;
    expect(statusOf(await gate.raw(`${head(line)}\r\n\r\n`))).toBe(400);
    expect(behind.seen.length).toBe(before);
  });

  it('is refused for TRACE: the answer would repeat what the console alone is told', async () => {
    const before = behind.seen.length;
    expect(statusOf(await gate.raw(`${head('TRACE /flows HTTP/1.1')}\r\n\r\n`))).toBe(405);
    expect(behind.seen.length).toBe(before);
  });

  it('is refused for CONNECT by ending the connection', async () => {
    expect(await gate.raw(`${head('CONNECT evil.example:443 HTTP/1.1')}\r\n\r\n`)).toBe('');
  });
});

describe('more than a gate takes', () => {
  it('is refused: headers of 60,000 bytes', async () => {
    const answer = await gate.raw(
      `${head('GET /flows HTTP/1.1', `X: ${'x'.repeat(60_000)}`)}\r\n\r\n`,
    );
    expect([statusOf(answer), answer.includes('headers_too_large')]).toEqual([431, true]);
  });

  it('is refused: headers that don’t end', async () => {
    const answer = await gate.raw(head('GET /flows HTTP/1.1'));
    expect([408, Number.NaN]).toContain(statusOf(answer));
  });

  it.each(['/flows', '/_gatehouse/api/session'])(
    'is refused: a body that stands still, to %s',
    async (path) => {
      const answer = await gate.raw(
        `${head(`POST ${path} HTTP/1.1`, 'Content-Type: application/json', 'Content-Length: 10')}\r\n\r\n{`,
      );
      expect([statusOf(answer), answer.includes('request_timeout')]).toEqual([408, true]);
    },
  );

  it('is refused: a body for the gate itself that never ends, however it goes on', async () => {
    const headers = ['Content-Type: application/json', 'Content-Length: 60000'];
    const socket = connect(gate.port, '127.0.0.1').on('error', () => undefined);
    socket.write(`${head('POST /_gatehouse/api/session HTTP/1.1', ...headers)}\r\n\r\n`);
    const dripping = setInterval(() => socket.write(' '), 50);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    clearInterval(dripping);
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /u);
  });

  it('is refused: a body for the gate itself of more than 64 kB', async () => {
    const answer = await gate.ask('/_gatehouse/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `"${'x'.repeat(70_000)}"`,
    });
    expect(answer.status).toBe(413);
  });
});
