import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, type Problem } from '../contract/problem.ts';
import { startBarePortal, type BarePortal } from '../testing/bare-portal.ts';
import { clientErrorAnswer } from './client-errors.ts';

let portal: BarePortal;
let port: number;
beforeAll(async () => {
  portal = await startBarePortal();
  const origin = await portal.app.listen({ port: 0, host: '127.0.0.1' });
  port = Number(new URL(origin).port);
});
afterAll(() => portal.close());

interface Raw {
  readonly status: number;
  readonly headers: string;
  readonly body: Problem;
}

function parsed(answer: string): Raw {
  const [headers = '', body = ''] = answer.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+) /u.exec(headers)?.[1]),
    headers: headers.toLowerCase(),
    body: problem.parse(JSON.parse(body)),
  };
}

/** Sends bytes as they are, over a connection of their own, and reads to its end. */
async function send(request: string): Promise<Raw> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return parsed(await text(socket));
}

const withToken = (characters: number) =>
  `GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${'x'.repeat(characters)}\r\n\r\n`;

const securityHeaders = [
  'cache-control: no-store',
  "content-security-policy: default-src 'none'; frame-ancestors 'none'",
  'referrer-policy: no-referrer',
  'x-content-type-options: nosniff',
  'content-type: application/problem+json; charset=utf-8',
];

describe('over a real connection', () => {
  it.each([
    [20_000, 'token_malformed'],
    [40_000, 'token_oversized'],
  ])('a token of %i characters is judged', async (characters, code) => {
    const { status, body } = await send(withToken(characters));
    expect([status, body.code]).toEqual([401, code]);
  });

  it.each([60_000, 600_000])('%i bytes of headers are refused as a problem', async (bytes) => {
    const { status, headers, body } = await send(withToken(bytes));
    expect([status, body.status, body.code]).toEqual([431, 431, 'headers_too_large']);
    expect(body.detail).toContain('48 KiB');
    for (const line of [...securityHeaders, 'connection: close']) expect(headers).toContain(line);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a broken line', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n'],
  ])('%s is refused as a problem', async (_what, request) => {
    const { status, headers, body } = await send(request);
    expect([status, body.code]).toEqual([400, 'malformed_request']);
    for (const line of securityHeaders) expect(headers).toContain(line);
  });
});

describe('a request that doesn’t arrive in time', () => {
  it('is told so', () => {
    const { status, headers, body } = parsed(
      clientErrorAnswer('ERR_HTTP_REQUEST_TIMEOUT', { 'x-content-type-options': 'nosniff' }, 'r'),
    );
    expect([status, body.code, body.reference]).toEqual([408, 'request_timeout', 'r']);
    expect(headers).toContain('x-content-type-options: nosniff');
  });
});
