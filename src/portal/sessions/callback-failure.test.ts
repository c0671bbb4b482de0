import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noLimits } from '../../testing/bare-portal.ts';
import { startWebPortal, type WebPortal } from '../../testing/web-portal.ts';

const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});

let portal: WebPortal;
beforeAll(async () => {
  portal = await startWebPortal({ logger: pino({ level: 'warn' }, stream) });
});
afterAll(() => portal.close());

const toldBy = (location: string) => {
  const [path, fragment] = location.split('#');
  return { path, ...Object.fromEntries(new URLSearchParams(fragment)) };
};
const failed = { path: '/sign-in/failed' };

describe('a portal that can’t complete a sign-in', () => {
  it('leads to the page that says so, and logs why', async () => {
    const { pool } = portal.database;
    const browser = portal.browser();
    const callback = await browser.arrive(await browser.begin({ window: true }));
    await pool.query('alter table portal_sessions rename to portal_sessions_away');
    try {
      expect(toldBy(await browser.answer(callback))).toMatchObject({
        ...failed,
        code: 'portal_unavailable',
        window: 'renewal',
      });
    } finally {
      await pool.query('alter table portal_sessions_away rename to portal_sessions');
    }
    expect(browser.cookies.has('__Host-gatehouse-session')).toBe(false);
    const log = lines.join('');
    expect(log).toContain('portal_sessions');
    expect(log).toContain('/sign-in/callback');
    for (const secret of callback.searchParams.values()) expect(log).not.toContain(secret);
    expect(await browser.signIn()).toMatch(/^\/sign-in\/complete/u);
  });

  it('shows who comes too often a page, too', async () => {
    const other = await startWebPortal({ limits: { ...noLimits, open: 1 } });
    try {
      const browser = other.browser();
      const callback = await browser.arrive(await browser.begin());
      const told = toldBy(await browser.answer(callback));
      expect(told).toMatchObject({ ...failed, code: 'too_many_requests' });
    } finally {
      await other.close();
    }
  });
});
