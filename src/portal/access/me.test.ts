import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { me, type Me } from '../../contract/me.ts';
import { problem } from '../../contract/problem.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { tenantId } from '../../testing/token-issuer.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { auditEvents, signIns, sites, ssoSettings, ssoSettingTargets } from '../storage/schema.ts';

let portal: BarePortal;
let siteId = '';

beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(
    oneGroupEach({ admin: groupId(1), securityAnalyst: groupId(2), readOnly: groupId(3) }),
  );
  siteId = await portal.database.db.transaction(async (tx) => {
    const changedBy = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
    const keys = { subscriptionName: 'S', subscriptionKey: 's' };
    const [site] = await tx
      .insert(sites)
      .values({ ...keys, name: 'Rotterdam', nameKey: 'r' })
      .returning();
    await tx.insert(sites).values({ ...keys, name: 'Antwerp', nameKey: 'a' });
    const names = { name: 'Rotterdam SSO', nameKey: 'rotterdam sso', description: '' };
    const [setting] = await tx
      .insert(ssoSettings)
      .values({
        ...names,
        subscriptionName: 'S',
        version: 1,
        tenantId,
        clientId: tenantId,
        permissions: oneGroupEach({ admin: groupId(11), readOnly: groupId(12) }),
        changedBy,
      })
      .returning();
    if (site === undefined || setting === undefined) throw new Error('not stored');
    await tx.insert(ssoSettingTargets).values({ settingId: setting.id, siteId: site.id });
    await bumpRevision(tx, 'access');
    return site.id;
  });
});
afterAll(() => portal.close());

let people = 100;
/** Asks as another person each time, so that every sign-in is a new one. */
async function ask(claims: Record<string, unknown>) {
  people += 1;
  const oid = groupId(people);
  const token = await portal.issuer.token({ oid, sid: `s${people}`, ...claims });
  const answer = await portal.app.inject({ url: '/api/v1/me', headers: bearer(token) });
  return { oid, token, status: answer.statusCode, json: answer.json<unknown>() };
}
async function asMe(claims: Record<string, unknown>): Promise<Me> {
  const { status, json } = await ask(claims);
  expect(status).toBe(200);
  return me.parse(json);
}
async function refused(claims: Record<string, unknown>) {
  const { oid, token, status, json } = await ask(claims);
  expect(status).toBe(403);
  return { oid, token, ...problem.parse(json) };
}

describe('GET /me', () => {
  it('says who one is, what one may do, and why', async () => {
    const answer = await asMe({ groups: [groupId(1).toUpperCase(), groupId(3)], acct: 1 });
    expect(answer).toMatchObject({
      kind: 'entra',
      name: 'Ada Admin',
      userPrincipalName: 'ada@example.com',
      tenantId,
      guest: true,
      groupsFrom: 'token',
      portalRole: 'admin',
      portalRoleThrough: {
        role: 'admin',
        through: [{ id: groupId(1), displayName: `Name of ${groupId(1)}` }],
      },
      sessionEndsAt: null,
      sessionIdleMinutes: null,
    });
    expect(answer.sites.map(({ siteName, role }) => [siteName, role])).toEqual([
      ['Antwerp', 'admin'],
      ['Rotterdam', 'admin'],
    ]);
    expect(answer.permissions).toContain('provider.edit');
  });

  it.each([
    [2, 'securityAnalyst', true, false],
    [3, 'readOnly', false, false],
  ])('gives group %i the portal role %s', async (group, role, views, edits) => {
    const answer = await asMe({ groups: [groupId(group)] });
    expect(answer.portalRole).toBe(role);
    expect(answer.permissions.includes('activity.view')).toBe(views);
    expect(answer.permissions.includes('ssoSetting.edit')).toBe(edits);
  });

  it('shows people of one site that site only, and the setting that gives the role', async () => {
    const answer = await asMe({ groups: [groupId(11), groupId(12)] });
    expect(answer.portalRole).toBeNull();
    expect(answer.sites).toEqual([
      {
        siteId,
        siteName: 'Rotterdam',
        role: 'admin',
        wholeSite: true,
        settings: [
          {
            role: 'admin',
            settingId: expect.any(String),
            settingName: 'Rotterdam SSO',
            level: 'site',
            targetId: siteId,
            targetName: 'Rotterdam',
            through: [{ id: groupId(11), displayName: `Name of ${groupId(11)}` }],
          },
        ],
      },
    ]);
    expect(answer.permissions).toContain('ssoSetting.edit');
    expect(answer.permissions).not.toContain('portalAccess.view');
  });

  it('refuses people in no mapped group, and says what to ask for', async () => {
    const { code, details } = await refused({ groups: [groupId(77)] });
    expect(code).toBe('no_role');
    expect(details?.['asked']).toEqual([
      expect.objectContaining({ kind: 'portalAccess', name: 'Portal access' }),
      {
        kind: 'ssoSetting',
        name: 'Rotterdam SSO',
        request: [
          {
            role: 'readOnly',
            label: 'Read only',
            groups: [{ id: groupId(12), displayName: `Name of ${groupId(12)}` }],
          },
          expect.objectContaining({ role: 'admin' }),
        ],
        administrators: [{ id: groupId(11), displayName: `Name of ${groupId(11)}` }],
      },
    ]);
  });

  it('refuses incomplete profiles, naming what is missing', async () => {
    const { code, details } = await refused({
      groups: [groupId(1)],
      family_name: ' ',
      upn: undefined,
    });
    expect(code).toBe('profile_incomplete');
    expect(details?.['missing']).toEqual([
      { claim: 'family_name', label: 'Last name' },
      { claim: 'upn', label: 'User principal name' },
    ]);
  });

  it('acts on a changed mapping with the next request', async () => {
    const token = await portal.issuer.token({ groups: [groupId(40)], sid: 'changes' });
    const status = async () =>
      (await portal.app.inject({ url: '/api/v1/me', headers: bearer(token) })).statusCode;
    expect(await status()).toBe(403);
    const admin = bearer(await portal.issuer.token({ groups: [groupId(1)], sid: 'changer' }));
    const read = await portal.app.inject({ url: '/api/v1/portal-access', headers: admin });
    const { permissions } = read.json<{ permissions: { readOnly: unknown[] } }>();
    const readOnly = [...permissions.readOnly, { id: groupId(40), displayName: null }];
    const written = await portal.app.inject({
      method: 'PUT',
      url: '/api/v1/portal-access',
      headers: { ...admin, 'if-match': String(read.headers['etag']) },
      payload: { permissions: { ...permissions, readOnly } },
    });
    expect(written.statusCode).toBe(200);
    expect(await status()).toBe(200);
  });
});

describe('sign-ins', () => {
  const rowsOf = async (oid: string) => {
    const rows = await portal.database.db.select().from(signIns);
    return rows.filter(({ objectId }) => objectId === oid);
  };

  it('are recorded once, however often one asks', async () => {
    const { oid, token } = await ask({ groups: [groupId(1)] });
    const again = { url: '/api/v1/me', headers: bearer(token) };
    await Promise.all([portal.app.inject(again), portal.app.inject(again)]);
    const rows = await rowsOf(oid);
    expect(rows).toMatchObject([{ outcome: 'succeeded', portalRole: 'admin', name: 'Ada Admin' }]);
    expect(rows).toHaveLength(1);
  });

  it('that are refused are audited, without the groups', async () => {
    const { oid } = await refused({ groups: [groupId(78)] });
    expect(await rowsOf(oid)).toMatchObject([{ outcome: 'refused', code: 'no_role' }]);
    const events = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    const mine = events.filter((event) => event.actor.objectId === oid);
    expect(mine).toMatchObject([
      { action: 'signIn.refused', outcome: 'refused', after: { code: 'no_role' } },
    ]);
    expect(JSON.stringify(mine)).not.toContain(groupId(78));
  });
});
