import fc from 'fast-check';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeaderReader, hasBody } from './client-headers.ts';

const server = createServer((_request, response) => response.end());
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** A request with these header lines, as Node reads it. */
async function requestWith(lines: readonly string[]): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET / HTTP/1.1\r\nhost: a\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`);
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  socket.destroy();
  return request;
}

const names = [
  'cookie',
  'origin',
  'sec-fetch-site',
  'service-worker',
  'x-original-upgrade',
  'x-original-method',
  'x-original-uri',
  'x-forwarded-method',
  'x-forwarded-uri',
  'x-forwarded-for',
  'sec-websocket-key',
  'sec-websocket-version',
] as const satisfies readonly (keyof IncomingHttpHeaders)[];

const read = createHeaderReader(new Set(['x-console-user']));

describe('headers of a client, read in one pass', () => {
  it('are what Node reads, however they are spelled and how often they come', async () => {
    const name = fc.constantFrom(...names).chain((one) =>
      fc.constantFrom(
        one,
        one.toUpperCase(),
        one.replaceAll(/\b[a-z]/gu, (a) => a.toUpperCase()),
      ),
    );
    const line = fc
      .tuple(name, fc.constantFrom('', 'GET', '/a', 'a=b'))
      .map((two) => two.join(':'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const request = await requestWith(lines);
        const headers = read(request);
        const expected = names.map((one) => request.headers[one]);
        expect(names.map((one) => headers.get(one))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('are read anew for each request', async () => {
    const said = async (...lines: string[]) => {
      const headers = read(await requestWith(lines));
      return [headers.get('cookie'), headers.poseAsOwn, headers.override, hasBody(headers)];
    };
    const odd = ['cookie: a=1', 'x_gatehouse_role: admin', 'x-http-method: PUT'];
    expect(await said(...odd, 'content-length: 1')).toEqual(['a=1', true, true, true]);
    expect(await said('cookie: a=2', 'content-length: 0')).toEqual(['a=2', false, false, false]);
    expect(await said()).toEqual([undefined, false, false, false]);
  });

  it.each([
    ['X-Gatehouse-Role', false],
    ['X_Gatehouse_Role', true],
    ['x.console.user', true],
    [`x_gatehouse_${'a'.repeat(200)}`, true],
    ['X_Other', false],
  ])('pose as the gate’s by their letters: %s: %s', async (name, poses) => {
    for (let time = 0; time < 2; time += 1) {
      expect(read(await requestWith([`${name}: 1`])).poseAsOwn).toBe(poses);
    }
  });

  it('are told apart after any number of made-up names', async () => {
    for (let first = 0; first < 2_500; first += 500) {
      const made = Array.from({ length: 500 }, (_, at) => `x-${first + at}: 1`);
      expect(read(await requestWith(made)).poseAsOwn).toBe(false);
    }
    const headers = read(await requestWith(['X_Gatehouse_Role: 1', 'Cookie: a=b']));
    expect([headers.poseAsOwn, headers.get('cookie')]).toEqual([true, 'a=b']);
  });

  it('count those of a host', async () => {
    const headers = read({
      rawHeaders: ['Host', 'a', 'hOST', 'b'],
      headers: {},
    } as IncomingMessage);
    expect(headers.hosts).toBe(2);
  });
});
