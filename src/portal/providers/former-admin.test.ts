import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { groupIds, personIds, tenantId } from '../../demo/directory.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { secretInput, verificationOf, type ProviderApi } from '../../testing/provider-api.ts';
import {
  goodSecret,
  organizationSignIn,
  startWebProviderPortal,
  type Begun,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { portalAccess } from '../storage/schema.ts';

let world: WebProviderPortal;
let ada: ProviderApi;
let id: string;
let begun: Begun;
const admins = (group: string): GroupMapping => ({
  admin: [{ id: group, displayName: null }],
  securityAnalyst: [],
  readOnly: [],
});
beforeAll(async () => {
  world = await startWebProviderPortal();
});
afterAll(() => world.close());

/** Ada is Admin by a group, and began a verification that would give a group of hers Admin. */
beforeEach(async () => {
  const { database, setPortalAccess } = world.portal;
  await database.db.delete(portalUsers);
  await setPortalAccess(admins(groupIds.administrators));
  ada = await world.as(personIds.ada);
  await begin();
});

async function begin(usesGroups = true, group = groupIds.administrators): Promise<void> {
  await world.portal.database.pool.query('delete from sign_in_providers');
  const body = {
    registration: { ...organizationSignIn, usesGroups },
    credential: secretInput(goodSecret),
    portalAccess: admins(group),
  };
  ({ id } = (await ada('POST', '', { body })).provider());
  begun = await world.begin(ada, id);
}

async function answered() {
  await world.finish(begun, personIds.ada);
  const { state, checks } = verificationOf(await world.recovery('GET', `/${id}/verification`));
  const failures = checks.filter((check) => check.state === 'failed').map(({ name }) => name);
  return { state, failures };
}
const inForce = async () => {
  const [row] = await world.portal.database.db.select().from(portalAccess);
  return row?.permissions.admin.map((group) => group.id);
};
async function adaAsUser(user: Pick<typeof portalUsers.$inferInsert, 'role' | 'disabled'>) {
  const email = 'ada@example.com';
  const createdBy = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
  const identity = { tenantId, objectId: personIds.ada };
  await world.portal.database.db.transaction(async (tx) => {
    await tx
      .insert(portalUsers)
      .values({ name: 'Ada', email, emailKey: email, ...identity, createdBy, ...user });
    await bumpRevision(tx, 'access');
  });
}

describe('R15: a verification that an Admin began activates nothing', () => {
  it('once their group gives Admin no more', async () => {
    await world.portal.setPortalAccess(admins(groupIds.securityAnalysts));
    expect(await answered()).toEqual({ state: 'failed', failures: ['person'] });
    expect(await inForce()).toEqual([groupIds.securityAnalysts]);
  });

  it('once they are disabled', async () => {
    await adaAsUser({ role: 'readOnly', disabled: true });
    expect(await answered()).toEqual({ state: 'failed', failures: ['person'] });
  });
});

describe('R9: portal access that comes with a provider without groups', () => {
  it('takes Admin from nobody who verifies it', async () => {
    await begin(false, groupIds.securityAnalysts);
    expect(await answered()).toEqual({ state: 'failed', failures: ['person'] });
    expect(await inForce()).toEqual([groupIds.administrators]);
    await begin(false);
    expect(await answered()).toEqual({ state: 'passed', failures: [] });
  });
});

describe('it activates', () => {
  it('while their group gives Admin', async () => {
    expect(await answered()).toEqual({ state: 'passed', failures: [] });
  });

  it('while they are Admin as a portal user', async () => {
    await adaAsUser({ role: 'admin' });
    await world.portal.setPortalAccess(admins(groupIds.securityAnalysts));
    expect(await answered()).toEqual({ state: 'passed', failures: [] });
  });
});
