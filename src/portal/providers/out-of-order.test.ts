import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds, tenantId } from '../../demo/directory.ts';
import { removalOf, type ProviderApi } from '../../testing/provider-api.ts';
import {
  enterOrganization,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';

let world: WebProviderPortal;
let recovery: ProviderApi;
let [first, second] = ['', ''];
beforeAll(async () => {
  world = await startWebProviderPortal({ environment: false });
  ({ recovery } = world);
  const single = { clientId: clientIds.organizationSignInNext, multitenant: false, tenantId };
  const next = 'local-entra-secret-of-the-new-one';
  first = (await enterOrganization(recovery)).id;
  second = (await enterOrganization(recovery, single, next)).id;
  for (const id of [first, second]) {
    await world.finish(await world.begin(recovery, id), personIds.ada);
  }
});
afterAll(() => world.close());

const pool = () => world.portal.database.pool;
const tillNow = (id: string, interval: string) =>
  pool().query(
    `update provider_credentials set expires_at = now() + interval '${interval}' where provider_id = $1`,
    [id],
  );
const failing = (id: string, code: string | null) =>
  pool().query('update sign_in_providers set failure = $2 where id = $1', [
    id,
    code === null ? null : JSON.stringify({ at: new Date(), code, aadsts: null }),
  ]);
async function retired(id: string) {
  const { revision } = (await recovery('GET', `/${id}`)).provider();
  const body = { acknowledged: true };
  return recovery('POST', `/${id}/retirement`, { body, ifMatch: revision });
}

describe('R9: a provider that signs nobody in just now', () => {
  it.each([
    ['its secret has expired', () => tillNow(first, '-1 day'), () => tillNow(first, '9 days')],
    [
      'its secret is refused',
      () => failing(first, 'credential_refused'),
      () => failing(first, null),
    ],
  ])('stands in for no other: %s', async (_name, breaks, mends) => {
    expect(await removalOf(recovery, second)).toMatchObject({ allowed: true });
    await breaks();
    expect(await removalOf(recovery, second)).toMatchObject({ allowed: false, left: [] });
    const answer = await retired(second);
    expect([answer.status, answer.problem().details]).toEqual([409, { reason: 'last_way_in' }]);
    expect(await removalOf(recovery, first)).toMatchObject({ allowed: true });
    await mends();
  });

  it('counts while it is only slow or away', async () => {
    await failing(first, 'provider_unreachable');
    expect((await retired(second)).status).toBe(200);
  });
});
