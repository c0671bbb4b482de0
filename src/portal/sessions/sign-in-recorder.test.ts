import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';

let portal: BarePortal;
beforeAll(async () => {
  portal = await startBarePortal({ groupsPatience: 0 });
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
});
afterAll(() => portal.close());

const now = Math.floor(Date.now() / 1000);
const hour = 3_600;

async function signIn(claims: Record<string, unknown>): Promise<void> {
  const token = await portal.issuer.token({ groups: [groupId(1)], ...claims });
  await portal.app.inject({ url: '/api/v1/me', headers: bearer(token) });
}

async function recorded(oid: string) {
  const { rows } = await portal.database.pool.query<{ outcome: string; code: string | null }>(
    'select outcome, code from sign_ins where object_id = $1 order by id',
    [oid],
  );
  return rows.map(({ outcome, code }) => code ?? outcome);
}

describe('a sign-in', () => {
  it('is recorded once for a page that is open all day', async () => {
    const session = { oid: groupId(51), sid: 'day', auth_time: now - 8 * hour };
    for (const ago of [8, 7, 1, 0]) {
      await signIn({ ...session, iat: now - ago * hour, uti: `day-${ago}` });
    }
    expect(await recorded(groupId(51))).toEqual(['succeeded']);
  });

  it('is another one the next day, in a session that Entra has kept', async () => {
    const session = { oid: groupId(52), sid: 'weeks', auth_time: now - 48 * hour };
    for (const ago of [48, 24, 0]) await signIn({ ...session, iat: now - ago * hour });
    expect(await recorded(groupId(52))).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('is another one where the person has proved again who they are', async () => {
    const session = { oid: groupId(53), sid: 'again' };
    await signIn({ ...session, auth_time: now - 60 });
    await signIn({ ...session, auth_time: now });
    expect(await recorded(groupId(53))).toEqual(['succeeded', 'succeeded']);
  });

  it('is recorded for each reason that it was refused for, and once for each', async () => {
    const session = { oid: groupId(54), sid: 'refused', iat: now, auth_time: now };
    for (const claims of [
      { groups: [] },
      { groups: [], family_name: undefined },
      { groups: [], uti: 'renewed' },
      { groups: undefined, _claim_names: { groups: 'src1' } },
      {},
    ]) {
      await signIn({ ...session, ...claims });
    }
    const codes = ['no_role', 'profile_incomplete', 'groups_incomplete'];
    expect(await recorded(groupId(54))).toEqual([...codes, 'succeeded']);
    const { rows } = await portal.database.pool.query<{ code: string }>(
      `select after->>'code' as code from audit_events where action = 'signIn.refused' order by sequence`,
    );
    expect(rows.map(({ code }) => code)).toEqual(codes);
  });
});
