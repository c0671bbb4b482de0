import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, groupIds, personIds } from '../../demo/directory.ts';
import { startLocalEntra, type LocalEntra } from '../../local-entra/app.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { testSecrets } from '../../testing/test-secrets.ts';
import { visit } from '../../testing/entra-sign-in.ts';
import { bearer } from '../../testing/bare-portal.ts';
import { createPortal } from '../app.ts';
import { readConfig } from '../config.ts';
import { replacePortalAccess } from './portal-access.ts';

type Portal = Awaited<ReturnType<typeof createPortal>>;

let entra: LocalEntra;
let database: TestDatabase;
let portal: Portal;

beforeAll(async () => {
  [entra, database] = await Promise.all([
    startLocalEntra({ port: 0, directory: demoDirectory() }),
    createTestDatabase(),
  ]);
  const config = readConfig({
    GATEHOUSE_ENTRA_TENANT_ID: entra.tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
    GATEHOUSE_ENTRA_LOGIN_URL: entra.origin,
    GATEHOUSE_GRAPH_URL: `${entra.origin}/graph`,
  });
  portal = await createPortal({ config, database, secrets: testSecrets() });
  const mapping = {
    admin: [{ id: groupIds.administrators, displayName: null }],
    securityAnalyst: [{ id: groupIds.securityAnalysts, displayName: null }],
    readOnly: [{ id: groupIds.readers, displayName: null }],
  };
  const actor = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
  await database.db.transaction((tx) => replacePortalAccess(tx, mapping, actor));
});
afterAll(async () => {
  await portal.close();
  await Promise.all([database.drop(), entra.close()]);
});

async function tokenOf(oid: string, scope?: string): Promise<string> {
  const wish = { oid, clientId: clientIds.portal, ...(scope === undefined ? {} : { scope }) };
  return (await visit(entra).signIn(wish)).access_token;
}
async function me(token: string) {
  const answer = await portal.inject({ url: '/api/v1/me', headers: bearer(token) });
  return answer.json<Record<string, unknown>>();
}

describe('with tokens as Entra makes them', () => {
  it.each([
    ['ada', { portalRole: 'admin', name: 'Ada Verhaegen', guest: false }],
    ['elif', { portalRole: 'securityAnalyst' }],
    ['jonas', { portalRole: 'readOnly', guest: true }],
    ['finn', { code: 'no_role' }],
    ['hana', { code: 'profile_incomplete' }],
    ['ivo', { code: 'profile_incomplete' }],
    ['greta', { code: 'groups_incomplete' }],
  ] as const)('%s gets %o', async (name, expected) => {
    expect(await me(await tokenOf(personIds[name]))).toMatchObject(expected);
  });

  it('completes an incomplete group list through Graph', async () => {
    const token = await tokenOf(personIds.greta);
    const scope = ['User.Read', 'GroupMember.Read.All'].map(
      (one) => `https://graph.microsoft.com/${one}`,
    );
    const graphAccessToken = await tokenOf(personIds.greta, `openid ${scope.join(' ')}`);
    const completed = await portal.inject({
      method: 'PUT',
      url: '/api/v1/me/group-evidence',
      headers: bearer(token),
      payload: { graphAccessToken },
    });
    expect([completed.statusCode, completed.body]).toEqual([204, '']);
    expect(await me(token)).toMatchObject({ portalRole: 'securityAnalyst', groupsFrom: 'graph' });
  });

  it('goes on after the keys were rolled', async () => {
    await entra.rollKeys();
    expect(await me(await tokenOf(personIds.bram))).toMatchObject({
      portalRole: 'securityAnalyst',
    });
  });

  it('refuses the id token, though issuer and audience are right', async () => {
    const wish = { oid: personIds.ada, clientId: clientIds.portal };
    const { id_token: token } = await visit(entra).signIn(wish);
    expect(await me(token)).toMatchObject({ status: 401, code: 'token_is_id_token' });
  });
});
