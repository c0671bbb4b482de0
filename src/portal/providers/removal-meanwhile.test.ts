import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertWebProvider, startWebPortal, type WebPortal } from '../../testing/web-portal.ts';
import { webVisitor } from '../../testing/web-visitor.ts';
import { bumpRevision } from '../storage/revisions.ts';

let portal: WebPortal;
let recovery: Record<string, string>;
beforeAll(async () => {
  portal = await startWebPortal();
  recovery = await portal.recover();
});
afterAll(() => portal.close());

it.each(['retirement', 'deletion'])(
  'lets somebody with a session of it in by the next at the same moment: %s',
  async (how) => {
    const { pool, db } = portal.database;
    const clientId = '77777777-0000-4000-8000-000000000001';
    await pool.query('delete from sign_in_providers');
    const first = await insertWebProvider(portal.database, portal.secrets);
    const second = await insertWebProvider(portal.database, portal.secrets, {
      isPrimary: false,
      clientId,
    });
    await db.transaction((tx) => bumpRevision(tx, 'provider'));
    await new Promise((r) => setTimeout(r, 500));
    const visitor = webVisitor(portal, Date.now);
    visitor.tells();
    const browser = portal.browser();
    await browser.signIn({ providerId: first });
    visitor.tells({ aud: clientId });
    const callback = await browser.arrive(await browser.begin({ providerId: second }));
    const waiting = async (count: number) => {
      for (;;) {
        const { rows } = await pool.query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        if (rows.length >= count) return;
      }
    };
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query('select 1 from portal_sessions where ended_at is null for update');
    const retired = portal.app.inject({
      method: 'POST',
      url: `/api/v1/providers/${first}/${how}`,
      headers: { ...recovery, 'if-match': '"1"' },
      payload: { acknowledged: true },
    });
    await waiting(1);
    const signedIn = browser.answer(callback);
    await waiting(2);
    await holder.query('commit');
    holder.release();
    expect((await retired).statusCode).toBe(200);
    expect(await signedIn).toMatch(/^\/sign-in\/complete/u);
  },
);
