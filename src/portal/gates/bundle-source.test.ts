import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { readAccessSnapshot } from '../storage/access-snapshot.ts';
import type { Database } from '../storage/database.ts';
import { createBundleSource } from './bundle-source.ts';
import { createGateDirectory } from './gate-directory.ts';

let portal: GatesPortal;
beforeAll(async () => {
  portal = await startGatesPortal();
});
afterAll(() => portal.close());

/** The database, whose next transaction answers only when it is let go. */
function slowOnce({ db }: Database) {
  let letGo = (): void => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  let answered = 0;
  let isFirst = true;
  const slow = new Proxy(db, {
    get(target, name, receiver) {
      const own: unknown = Reflect.get(target, name, receiver);
      if (name !== 'transaction' || !isFirst) return own;
      isFirst = false;
      const transaction: Database['db']['transaction'] = async (...asked) => {
        const answer = await target.transaction(...asked);
        answered += 1;
        await free;
        return answer;
      };
      return transaction;
    },
  });
  return { db: slow, letGo, answered: () => answered };
}

it('takes no answer of before a change for what holds after it', async () => {
  const { gateId } = await portal.enrol('ANT-TF-01');
  const { database } = portal;
  const { db, letGo, answered } = slowOnce(database);
  const directory = createGateDirectory(
    () => new Date(),
    () => {},
  );
  const source = await createBundleSource({
    database: { db, listen: async () => () => {} },
    snapshots: { current: () => readAccessSnapshot(database.db), onChange: () => () => {} },
    directory,
    issuer: 'http://localhost:8080',
    entra: { loginUrl: 'https://login.example', graphUrl: 'https://graph.example' },
    onView: () => {},
    onError: () => {},
  });
  const early = source.known();
  await vi.waitFor(() => expect(answered()).toBe(1));
  await database.pool.query('update gates set revoked_at = now() where id = $1', [gateId]);
  source.changed();
  await source.known();
  expect(directory.byId(gateId)).toBeNull();
  letGo();
  await early;
  expect(directory.byId(gateId)).toBeNull();
  source.close();
});
