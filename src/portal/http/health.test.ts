import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Readiness } from '../storage/readiness.ts';
import { serveHealth } from './health.ts';

it('tells everybody what is wrong, and the log alone where', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const path = '/var/lib/gatehouse/postgres';
  let asked = 0;
  let answer: Readiness = {
    ready: false,
    code: 'disk_full',
    reason: `The disk that holds ${path} is full.`,
  };
  const loggerInstance: FastifyBaseLogger = pino({ level: 'warn' }, stream);
  const app: FastifyInstance = Fastify({ loggerInstance });
  serveHealth(app, {
    ping: async () => {
      asked += 1;
      return answer;
    },
  });
  const all = await Promise.all(Array.from({ length: 50 }, () => app.inject('/readyz')));
  // Not one for each of them.
  expect(asked).toBeLessThan(50);
  for (const { statusCode, body } of all) {
    expect(statusCode).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ status: 'notReady', code: 'disk_full' });
    expect(body).not.toContain('/var');
  }
  expect(lines.filter((line) => line.includes(path))).toHaveLength(1);
  answer = { ready: true };
  expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  answer = { ready: false, code: 'database_unreachable', reason: 'db.internal:5432' };
  expect((await app.inject('/readyz')).body).not.toContain('internal');
  expect(lines).toHaveLength(2);
  await app.close();
});
