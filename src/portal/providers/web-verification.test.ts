import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, groupIds, personIds, tenantId } from '../../demo/directory.ts';
import { partnerPersonIds, partnerTenantId } from '../../demo/partner-tenants.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { auditEntries } from '../../testing/audit-entries.ts';
import { groupId } from '../../testing/bare-portal.ts';
import {
  failures,
  listed,
  type ProviderApi,
  secretInput,
  verificationOf,
} from '../../testing/provider-api.ts';
import {
  enterOrganization,
  expiredSecret,
  goodSecret,
  organizationSignIn,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';

let world: WebProviderPortal;
let ada: ProviderApi;
let now = Date.now();
beforeAll(async () => {
  // Each question finds it a little later: which verification is the latest one shows by that.
  world = await startWebProviderPortal({ now: () => new Date((now += 1)) });
  ada = await world.as(personIds.ada);
});
afterAll(() => world.close());

const shown = async (id: string) => (await ada('GET', `/${id}`)).provider();
const latest = async (id: string) => verificationOf(await ada('GET', `/${id}/verification`));
async function verify(id: string, oid: string, api = ada, credentialId?: string) {
  const location = await world.finish(await world.begin(api, id, credentialId), oid);
  return { location, ...(await latest(id)) };
}
const actions = async () => (await auditEntries(world.portal.database)).map(({ action }) => action);
async function entered(changes: object = {}, secret = goodSecret): Promise<Provider> {
  for (const { id, revision, source } of (await listed(world.recovery)).providers) {
    if (source === 'environment') continue;
    const body = { acknowledged: true };
    await world.recovery('POST', `/${id}/deletion`, { body, ifMatch: revision });
  }
  return enterOrganization(ada, changes, secret);
}

describe('Verify Integration', () => {
  it('runs the real sign-in, pins the tenant and activates', async () => {
    const { id } = await entered();
    const begun = await world.begin(ada, id);
    expect(new URL(begun.url).pathname).toBe('/organizations/oauth2/v2.0/authorize');
    expect(await latest(id)).toMatchObject({ state: 'running', startedBy: 'Ada Verhaegen' });
    expect(await world.finish(begun, personIds.ada)).toContain('/sign-in/complete');
    const verification = await latest(id);
    expect(verification.checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'response passed',
      'credential passed',
      'tenant passed',
      'consent passed',
      'email passed',
      'profile passed',
      'person passed',
      'groups passed',
    ]);
    expect(verification).toMatchObject({ state: 'passed', aadsts: null });
    expect(await shown(id)).toMatchObject({
      status: 'active',
      primary: false,
      verified: { ...organizationSignIn, tenantId },
      draft: null,
      verifiedBy: 'Ada Verhaegen',
      credentials: [{ status: 'current' }],
    });
    expect((await actions()).slice(-3)).toEqual([
      'provider.verified',
      'provider.credentialVerified',
      'provider.activated',
    ]);
    const page = await world.portal.app.inject('/api/v1/configuration');
    expect(page.json()).toMatchObject({
      providers: [{ id: 'environment' }, { id, type: 'web', name: 'Contoso Plants', spa: null }],
    });
  });

  it('answered twice changes nothing', async () => {
    const { id } = await entered();
    const begun = await world.begin(ada, id);
    await world.finish(begun, personIds.ada);
    const before = await shown(id);
    expect(await world.finish(begun, personIds.ada)).toContain('sign_in_unknown');
    expect(await shown(id)).toEqual(before);
  });

  it('left half done, and begun again, counts once: the one before is over', async () => {
    const { id } = await entered();
    const [first, second] = [await world.begin(ada, id), await world.begin(ada, id)];
    expect(await world.finish(first, personIds.ada)).toContain('sign_in_unknown');
    expect((await shown(id)).status).toBe('unverified');
    await world.finish(second, personIds.ada);
    expect((await shown(id)).status).toBe('active');
  });

  it('not answered for ten minutes is abandoned', async () => {
    const { id } = await entered();
    const begun = await world.begin(ada, id);
    now += 10 * 60_000 + 1;
    expect((await latest(id)).state).toBe('abandoned');
    expect(await world.finish(begun, personIds.ada)).toMatch(/sign_in_(unknown|expired)/u);
    expect((await shown(id)).status).toBe('unverified');
  });

  it.each(['provider_credentials', 'portal_access'])(
    'that the portal itself can’t finish (no %s) has failed, and says so on a page',
    async (table) => {
      const { id } = await entered();
      const begun = await world.begin(ada, id);
      const { pool } = world.portal.database;
      await pool.query(`alter table ${table} rename to away`);
      const location = await world.finish(begun, personIds.ada);
      await pool.query(`alter table away rename to ${table}`);
      expect(location).toMatch(/^\/sign-in\/failed#code=portal_unavailable.*window=verification/u);
      const { state, checks } = await latest(id);
      expect(state).toBe('failed');
      expect(failures(checks).join()).toContain('The portal itself failed');
      expect((await shown(id)).status).toBe('unverified');
      expect((await actions()).at(-1)).toBe('provider.verificationFailed');
    },
  );

  it('activates no draft that was changed meanwhile', async () => {
    const { id, revision } = await entered();
    const begun = await world.begin(ada, id);
    const registration = { ...organizationSignIn, usesGroups: false };
    await ada('PUT', `/${id}`, { body: { registration }, ifMatch: revision });
    await world.finish(begun, personIds.ada);
    expect(await shown(id)).toMatchObject({ status: 'unverified', verified: null });
  });

  it('by a recovery session pins the tenant of whoever signs in', async () => {
    const { id } = await entered();
    const { checks, state } = await verify(id, personIds.bram, world.recovery);
    expect(state).toBe('passed');
    expect(checks.find(({ name }) => name === 'person')?.state).toBe('skipped');
  });
});

describe('each check says what was found and what to do', () => {
  it.each([
    ['another person', {}, goodSecret, personIds.bram, 'person: You signed in as bram.claes@'],
    ['a guest', {}, goodSecret, personIds.jonas, 'email: The tenant doesn’t answer for jonas'],
    ['no first name', {}, goodSecret, personIds.hana, 'profile: Missing: '],
    ['a wrong secret', {}, 'local-secret-of-nobody', personIds.ada, 'credential: AADSTS7000215'],
    ['an expired one', {}, expiredSecret, personIds.ada, 'credential: AADSTS7000222'],
    [
      'a stranger’s claim',
      {},
      goodSecret,
      partnerPersonIds.mara,
      'email: The tenant doesn’t answer',
    ],
  ])('%s', async (_, changes, secret, oid, expected) => {
    const { id } = await entered(changes, secret);
    const { checks, state } = await verify(id, oid);
    expect(failures(checks).join('\n')).toContain(expected);
    expect(state).toBe('failed');
    expect(await shown(id)).toMatchObject({ status: 'unverified', verified: null });
    expect((await actions()).at(-1)).toBe('provider.verificationFailed');
  });

  it('the AADSTS code and the correlation id are kept, and no secret (R20)', async () => {
    const { id } = await entered({}, expiredSecret);
    const verification = await verify(id, personIds.ada);
    expect(verification).toMatchObject({ aadsts: 7000222, correlationId: expect.any(String) });
    expect(verification.checks.map(({ state }) => state).slice(0, 3)).toEqual([
      'passed',
      'failed',
      'skipped',
    ]);
    const events = await auditEntries(world.portal.database);
    for (const text of [JSON.stringify(verification), JSON.stringify(events)]) {
      expect(text).not.toContain(expiredSecret);
    }
  });

  it('an incomplete group list is read through Graph (R11)', async () => {
    const { id } = await entered();
    const { checks } = await verify(id, personIds.greta, world.recovery);
    expect(checks.find(({ name }) => name === 'groups')).toMatchObject({
      state: 'passed',
      detail: expect.stringContaining('250 groups, as Microsoft Graph says') as unknown,
    });
  });

  it('of a partner’s tenant, where it is that tenant’s portal user who asks: nobody here', async () => {
    const { id } = await entered({ tenantId: partnerTenantId });
    const { checks } = await verify(id, partnerPersonIds.stijn).catch(() => latest(id));
    expect(failures(checks).join()).not.toBe('');
    expect((await shown(id)).status).toBe('unverified');
  });
});

describe('an edit of what is in force', () => {
  it('waits, and another application needs its own secret', async () => {
    const { id } = await entered();
    await verify(id, personIds.ada);
    const before = await shown(id);
    const registration = {
      ...organizationSignIn,
      clientId: clientIds.organizationSignInNext,
      multitenant: false,
      tenantId,
    };
    const edited = await ada('PUT', `/${id}`, { body: { registration }, ifMatch: before.revision });
    expect(edited.provider()).toMatchObject({ status: 'active', draft: registration });
    const input = secretInput('local-entra-secret-of-the-new-one');
    const { credentials } = (await ada('POST', `/${id}/credentials`, { body: input })).provider();
    const added = credentials.find(({ status }) => status === 'unverified');
    expect((await verify(id, personIds.ada)).state).toBe('failed');
    expect((await shown(id)).verified).toEqual(before.verified);
    expect(failures((await verify(id, personIds.ada, ada, added?.id)).checks)).toEqual([]);
    const after = await shown(id);
    expect(after).toMatchObject({ verified: registration, draft: null });
    expect(after.credentials.map(({ status }) => status)).toEqual(['unverified', 'current']);
  });

  it('portal access that comes with it has to make the person Admin', async () => {
    const { id, revision } = await entered();
    const admin = (group: string) => [{ id: group, displayName: null }];
    const others = { securityAnalyst: [], readOnly: [] };
    const edit = (group: string, ifMatch: string) =>
      ada('PUT', `/${id}`, {
        body: {
          registration: organizationSignIn,
          portalAccess: { ...others, admin: admin(group) },
        },
        ifMatch,
      });
    const wrong = (await edit(groupId(1), revision)).provider();
    expect(failures((await verify(id, personIds.ada)).checks).join()).toContain('admin: None of');
    await edit(groupIds.administrators, wrong.revision);
    expect((await verify(id, personIds.ada)).state).toBe('passed');
    expect((await actions()).at(-1)).toBe('portalAccess.changed');
  });
});
