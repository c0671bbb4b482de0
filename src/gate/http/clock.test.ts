import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import {
  analystGroup,
  cookieIn,
  gateUrl,
  readerGroup,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';
import { makeRecoveryLink } from '../recovery-links.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
let time = Date.now();
let behind: TestConsole;
let gate: TestGate;
beforeEach(async () => {
  time = Date.now();
  behind = await startTestConsole();
  gate = await startTestGate({ upstream: behind.origin, now: () => time });
});
afterEach(async () => {
  await gate.close();
  await behind.close();
});

const click = async (cookie: string, method = 'GET') => {
  const headers = { cookie, origin: gateUrl };
  return (await gate.ask('/flows', { method, headers })).status;
};

async function recover(): Promise<string> {
  const link = await makeRecoveryLink(gate.dataDir, gateUrl, time);
  const body = JSON.stringify({ token: link.split('token=')[1] });
  const headers = { origin: gateUrl, 'content-type': 'application/json' };
  return cookieIn(
    await gate.ask('/_gatehouse/api/recovery-session', { method: 'POST', headers, body }),
  );
}

describe('a clock that is set back', () => {
  it('signs nobody out, and makes no session last longer in all', async () => {
    const cookie = await gate.cookieOf(analystGroup);
    time -= day;
    const from = time;
    for (; time < from + 480 * minute; time += 20 * minute) expect(await click(cookie)).toBe(200);
    expect(await click(cookie)).toBe(401);
  });

  it('makes no session last longer without a request', async () => {
    const cookie = await gate.cookieOf(analystGroup);
    time -= day;
    expect(await click(cookie)).toBe(200);
    time += 30 * minute;
    expect(await click(cookie)).toBe(401);
  });

  it('makes no recovery session last longer, also over a restart', async () => {
    const cookie = await recover();
    time -= day;
    await gate.restart();
    expect(await click(cookie)).toBe(200);
    time += 30 * minute;
    expect(await click(cookie)).toBe(401);
  });

  it('locks out nobody whose attempts were counted before', async () => {
    const headers = { origin: gateUrl };
    const attempt = async () =>
      (await gate.ask('/_gatehouse/api/session', { method: 'POST', headers })).status;
    const statuses = new Set<number>();
    for (let count = 0; count <= 60; count += 1) statuses.add(await attempt());
    expect(statuses).toContain(429);
    time -= day;
    expect(await attempt()).not.toBe(429);
  });

  it('leaves out no refusal for the portal', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    const refusals = () => gate.events.filter(({ kind }) => kind === 'accessRefused').length;
    await click(cookie, 'POST');
    await click(cookie, 'POST');
    expect(refusals()).toBe(1);
    time -= day;
    await click(cookie, 'POST');
    expect(refusals()).toBe(2);
  });
});

describe('a clock that is set ahead', () => {
  it('ends what would be over then', async () => {
    const cookie = await gate.cookieOf(analystGroup);
    time += day;
    expect(await click(cookie)).toBe(401);
    time -= day;
    expect(await click(cookie)).toBe(401);
  });
});
