import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import {
  adminGroup,
  codeIn,
  gateUrl,
  navigation,
  readerGroup,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';

const size = 64 * 1024 * 1024;
let behind: TestConsole;
let gate: TestGate;
let admin = '';
let reader = '';
let events: { send: (text: string) => void; closed: Promise<unknown> } | null = null;

function* blocks() {
  const block = Buffer.alloc(64 * 1024, 'gatehouse');
  for (let sent = 0; sent < size; sent += block.length) yield block;
}

beforeAll(async () => {
  behind = await startTestConsole({
    '/download': (_request, response) => {
      response.setHeader('content-length', size);
      pipeline(Readable.from(blocks()), response).catch(() => undefined);
    },
    '/upload': (request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => hash.update(chunk));
      request.on('end', () => response.end(hash.digest('hex')));
    },
    '/events': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      events = {
        send: (line) => void response.write(`data: ${line}\n\n`),
        closed: once(response, 'close'),
      };
    },
    '/half': (_request, response) => {
      response.setHeader('content-length', 100);
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    },
    '/silent': () => undefined,
  });
  gate = await startTestGate({ upstream: behind.origin, limits: { answer: 500 } });
  admin = await gate.cookieOf(adminGroup);
  reader = await gate.cookieOf(readerGroup);
});
afterAll(async () => {
  await gate.close();
  await behind.close();
});

function open(path: string, method = 'GET', headers: Record<string, string> = {}) {
  return httpRequest({
    host: '127.0.0.1',
    port: gate.port,
    path,
    method,
    agent: false,
    headers: { cookie: admin, origin: gateUrl, ...headers },
  });
}

async function answerTo(outgoing: ReturnType<typeof open>) {
  const [answer] = (await once(outgoing, 'response')) as [Readable & { statusCode: number }];
  return answer;
}

const whole = () => {
  const hash = createHash('sha256');
  for (const block of blocks()) hash.update(block);
  return hash.digest('hex');
};

describe('what goes through', () => {
  it('are downloads of any size, as they are', async () => {
    const outgoing = open('/download');
    outgoing.end();
    const hash = createHash('sha256');
    for await (const chunk of await answerTo(outgoing)) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(whole());
  });

  it.each([{ 'content-length': String(size) }, { 'transfer-encoding': 'chunked' }])(
    'are uploads of any size, framed by %j',
    async (headers) => {
      const outgoing = open('/upload', 'PUT', headers);
      await pipeline(Readable.from(blocks()), outgoing);
      expect(await text(await answerTo(outgoing))).toBe(whole());
    },
  );

  it('waits for the client: a download that nobody reads isn’t kept in memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const outgoing = open('/download');
    outgoing.end();
    const answer = await answerTo(outgoing);
    answer.pause();
    const held: number[] = [];
    for (let look = 0; look < 10; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      held.push(process.memoryUsage().arrayBuffers - before);
    }
    outgoing.destroy();
    // Buffers of sockets on both sides; all of it would be 64 MB.
    expect(Math.max(...held)).toBeLessThan(24 * 1024 * 1024);
  });

  it('are events, each when it happens, and their end when the client goes', async () => {
    const outgoing = open('/events');
    outgoing.end();
    const answer = await answerTo(outgoing);
    answer.on('error', () => undefined);
    for (const line of ['one', 'two']) {
      events?.send(line);
      const [chunk] = (await once(answer, 'data')) as [Buffer];
      expect(chunk.toString()).toBe(`data: ${line}\n\n`);
    }
    outgoing.destroy();
    await events?.closed;
  });

  it('is a body only when somebody may send it: Expect: 100-continue', async () => {
    const allowed = open('/upload', 'PUT', { expect: '100-continue', 'content-length': '5' });
    allowed.flushHeaders();
    await once(allowed, 'continue');
    allowed.end('hello');
    expect((await answerTo(allowed)).statusCode).toBe(200);
    const refused = open('/upload', 'PUT', {
      cookie: reader,
      expect: '100-continue',
      'content-length': '5',
    });
    let told = false;
    refused.on('continue', () => {
      told = true;
    });
    refused.flushHeaders();
    expect([(await answerTo(refused)).statusCode, told]).toEqual([403, false]);
    refused.destroy();
  });

  it('ends with what the console ended: half an answer is no whole one', async () => {
    const outgoing = open('/half');
    outgoing.end();
    await expect(text(await answerTo(outgoing))).rejects.toThrow('aborted');
  });
});

describe('a console that doesn’t answer', () => {
  it('is a page for people, and a problem for scripts', async () => {
    const down = await startTestGate({ upstream: 'http://127.0.0.1:1' });
    try {
      const cookie = await down.cookieOf(adminGroup);
      const page = await down.ask('/flows?<b>', { headers: { cookie, ...navigation } });
      expect([page.status, page.headers['retry-after']]).toEqual([502, '10']);
      expect(page.body).toContain('The console doesn’t answer');
      expect(page.body).toContain('href="/flows?&lt;b&gt;"');
      expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/u);
      const answer = await down.ask('/flows', { headers: { cookie } });
      expect([answer.status, codeIn(answer)]).toEqual([502, 'console_unreachable']);
    } finally {
      await down.close();
    }
  });

  it('in time is told apart', async () => {
    const answer = await gate.ask('/silent', { headers: { cookie: admin } });
    expect([answer.status, codeIn(answer)]).toEqual([504, 'console_unreachable']);
  });
});
