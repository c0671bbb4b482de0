import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPeers } from '../../server/peers.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { gateUrl } from '../../testing/test-gate.ts';
import { createAnswers } from './answers.ts';
import { createHeaderReader } from './client-headers.ts';
import { createForwardAuth } from './forward-auth.ts';
import { createGateEvents } from './gate-events.ts';

const readHeaders = createHeaderReader(new Set());

describe('whoever isn’t a proxy of this gate', () => {
  it('is told nothing, by https as well', async () => {
    let asked = 0;
    const strangers = createForwardAuth({
      answers: createAnswers(gateUrl, () => 'reference'),
      gatekeeper: {
        admit() {
          asked += 1;
          return new ProblemError(401, 'not_signed_in', '');
        },
        look: () => new ProblemError(401, 'not_signed_in', ''),
        endOf: () => null,
        sweep: () => undefined,
      },
      events: createGateEvents({ record: () => undefined }, Date.now),
      peers: createPeers(['10.0.0.0/8']),
      publicUrl: gateUrl,
      identityOf: () => [],
      count: () => undefined,
    });
    const ask = async (peer: string) => {
      const server = createServer((request, response) =>
        strangers.answer(request, response, readHeaders(request)),
      );
      server.on('connection', (connection) => {
        Object.defineProperty(connection, 'remoteAddress', { value: peer });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}/_gatehouse/auth`, {
        headers: {
          'x-forwarded-for': '127.0.0.1',
          connection: 'close',
          'x-original-method': 'GET',
          'x-original-uri': '/',
        },
      });
      return [answer.status, ((await answer.json()) as { code: string }).code, asked];
    };
    expect(await ask('192.0.2.1')).toEqual([403, 'untrusted_proxy', 0]);
    expect(await ask('10.1.2.3')).toEqual([401, 'not_signed_in', 1]);
  });
});
