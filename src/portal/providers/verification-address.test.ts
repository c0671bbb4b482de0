import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../../demo/directory.ts';
import type { ProviderApi } from '../../testing/provider-api.ts';
import {
  enterOrganization,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';
import { auditEvents } from '../storage/schema.ts';

let world: WebProviderPortal;
let ada: ProviderApi;
let id: string;
beforeAll(async () => {
  world = await startWebProviderPortal();
  ada = await world.as(personIds.ada);
  ({ id } = await enterOrganization(ada));
});
afterAll(() => world.close());

/** What the last verification left in the audit log, and from where. */
async function left(actions: number) {
  const events = await world.portal.database.db
    .select()
    .from(auditEvents)
    .orderBy(auditEvents.sequence);
  return events.slice(-actions).map(({ action, address }) => [action, address]);
}

describe('R18: a verification is audited with the address of the browser that brought the answer', () => {
  it('where a check failed', async () => {
    await world.finish(await world.begin(ada, id), personIds.bram);
    expect(await left(1)).toEqual([['provider.verificationFailed', '127.0.0.1']]);
  });

  it('where the portal couldn’t finish it', async () => {
    const begun = await world.begin(ada, id);
    const { pool } = world.portal.database;
    await pool.query('alter table provider_credentials rename to away');
    await world.finish(begun, personIds.ada);
    await pool.query('alter table away rename to provider_credentials');
    expect(await left(1)).toEqual([['provider.verificationFailed', '127.0.0.1']]);
  });

  it('where it passed', async () => {
    await world.finish(await world.begin(ada, id), personIds.ada);
    expect(await left(3)).toEqual([
      ['provider.verified', '127.0.0.1'],
      ['provider.credentialVerified', '127.0.0.1'],
      ['provider.activated', '127.0.0.1'],
    ]);
  });
});
