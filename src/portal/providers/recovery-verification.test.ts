import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personIds } from '../../demo/directory.ts';
import { providerApi, verificationOf, type ProviderApi } from '../../testing/provider-api.ts';
import {
  enterOrganization,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';

let world: WebProviderPortal;
let headers: Record<string, string>;
let api: ProviderApi;
let now = Date.now();
const minute = 60_000;
beforeAll(async () => {
  world = await startWebProviderPortal({ now: () => new Date(now) });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.portal.database.pool.query('delete from sign_in_providers');
  headers = await world.portal.recover();
  api = providerApi(world.portal.app, headers);
});

/** What becomes of a verification where something happens before Microsoft's answer comes back. */
async function answeredAfter(what: () => Promise<void> | void) {
  const { id } = await enterOrganization(api);
  const begun = await world.begin(api, id);
  await what();
  await world.finish(begun, personIds.ada);
  const later = providerApi(world.portal.app, await world.portal.recover());
  const { state, checks } = verificationOf(await later('GET', `/${id}/verification`));
  const failed = checks.find((check) => check.state === 'failed');
  return { state, name: failed?.name, detail: failed?.detail };
}

const over = {
  state: 'failed',
  name: 'person',
  detail: expect.stringContaining('recovery session that this was begun in has ended') as unknown,
};

describe('R17: what a recovery session began to verify', () => {
  it('counts while that goes on', async () => {
    expect(await answeredAfter(() => undefined)).toMatchObject({ state: 'passed' });
  });

  it('counts no more once that was closed', async () => {
    const close = async () => {
      const closed = { method: 'DELETE', url: '/api/v1/recovery-session', headers } as const;
      expect((await world.portal.app.inject(closed)).statusCode).toBeLessThan(300);
    };
    expect(await answeredAfter(close)).toMatchObject(over);
  });

  it('counts no more once its 30 minutes are over', async () => {
    now += 25 * minute;
    const passed = () => {
      now += 6 * minute;
    };
    expect(await answeredAfter(passed)).toMatchObject(over);
  });
});
