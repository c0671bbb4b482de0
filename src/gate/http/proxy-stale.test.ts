import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import { adminGroup, gateUrl, startTestGate, type TestGate } from '../../testing/test-gate.ts';

const several = 4;
let behind: TestConsole;
let gate: TestGate;
let admin = '';
const waiting: (() => void)[] = [];
/** Connections that the console has given up, as it does with those that lie idle. */
const givenUp = new WeakSet<Socket>();
let dropped = 0;

beforeAll(async () => {
  behind = await startTestConsole({
    '/page': (request, response) => {
      if (!givenUp.has(request.socket)) return void response.end('hello');
      dropped += 1;
      request.socket.destroy();
      return undefined;
    },
    '/never': (request) => {
      dropped += 1;
      request.socket.destroy();
    },
    // Answers once so many have asked, each over a connection of its own.
    '/together': (request, response) => {
      givenUp.add(request.socket);
      waiting.push(() => void response.end('hello'));
      if (waiting.length === several) for (const answer of waiting.splice(0)) answer();
    },
  });
  gate = await startTestGate({ upstream: behind.origin });
  admin = await gate.cookieOf(adminGroup);
});
afterAll(async () => {
  await gate.close();
  await behind.close();
});

const ask = (path: string, method = 'GET') =>
  gate.ask(path, { method, headers: { cookie: admin, origin: gateUrl } });

async function leaveStale(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: several }, () => ask('/together')));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  dropped = 0;
}

describe('a console that gave up several connections', () => {
  it.each(['GET', 'HEAD'])('is asked once more, over a new one: %s', async (method) => {
    await leaveStale();
    expect((await ask('/page', method)).status).toBe(200);
    expect(dropped).toBe(1);
  });

  it.each(['POST', 'DELETE'])('isn’t asked twice to change something: %s', async (method) => {
    await leaveStale();
    expect((await ask('/page', method)).status).toBe(502);
    expect(dropped).toBe(1);
  });

  it('isn’t asked for ever', async () => {
    dropped = 0;
    expect((await ask('/never')).status).toBe(502);
    expect(dropped).toBe(2);
  });
});
