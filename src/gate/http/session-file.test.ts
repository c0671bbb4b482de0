import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analystGroup, gateUrl, startTestGate, type TestGate } from '../../testing/test-gate.ts';

let gate: TestGate;
beforeAll(async () => {
  gate = await startTestGate();
});
afterAll(() => gate.close());

const kept = async () => {
  const text = await readFile(join(gate.dataDir, 'sessions.json'), 'utf8');
  return (JSON.parse(text) as { sessions: unknown[] }).sessions.length;
};

describe('what the disk has of sessions', () => {
  it('is without one as soon as somebody is told that they are signed out', async () => {
    const cookie = await gate.cookieOf(analystGroup);
    await gate.restart();
    expect(await kept()).toBe(1);
    const headers = { cookie, origin: gateUrl };
    const answer = await gate.ask('/_gatehouse/api/session', { method: 'DELETE', headers });
    expect([answer.status, await kept()]).toEqual([204, 0]);
  });
});
