import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bearer,
  groupId,
  oneGroupEach,
  openSession,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { environmentName } from '../providers/environment-registration.ts';
import type { SignIn } from '../../contract/activity.ts';

let portal: BarePortal;
let analyst: Record<string, string>;

beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(
    oneGroupEach({ admin: groupId(1), securityAnalyst: groupId(2), readOnly: groupId(3) }),
  );
  for (const number of [1, 2, 3, 4, 5]) {
    const claims = {
      oid: groupId(number),
      sid: `s${number}`,
      groups: [groupId(3)],
      name: `P${number}`,
    };
    const headers = bearer(await portal.issuer.token(claims));
    await portal.app.inject({ url: '/api/v1/me', headers });
  }
  analyst = bearer(await portal.issuer.token({ groups: [groupId(2)], name: 'Analyst' }));
});
afterAll(() => portal.close());

async function list(query: string) {
  const answer = await portal.app.inject({ url: `/api/v1/sign-ins${query}`, headers: analyst });
  return answer.json<{ signIns: SignIn[]; next: string | null }>();
}

describe('GET /sign-ins', () => {
  it('lists sign-ins, newest first, a page at a time', async () => {
    const first = await list('?limit=4');
    expect(first.signIns.map(({ actor }) => actor.name)).toEqual(['Analyst', 'P5', 'P4', 'P3']);
    const rest = await list(`?limit=4&before=${first.next}`);
    expect(rest.signIns.map(({ actor }) => actor.name)).toEqual(['P2', 'P1']);
    expect(rest.next).toBeNull();
  });

  it('isn’t for people who only read', async () => {
    const headers = bearer(await portal.issuer.token({ groups: [groupId(3)], oid: groupId(1) }));
    const answer = await portal.app.inject({ url: '/api/v1/sign-ins', headers });
    expect(answer.statusCode).toBe(403);
  });

  it('says by which provider, as it was called then', async () => {
    const [newest] = (await list('?limit=1')).signIns;
    expect(newest?.provider).toEqual({ id: 'environment', name: environmentName });
    const token = await portal.recoveryToken();
    await portal.app.inject(openSession(token));
    const [recovery] = (await list('?limit=1')).signIns;
    expect(recovery).toMatchObject({ actor: { kind: 'recovery' }, provider: null });
  });
});
