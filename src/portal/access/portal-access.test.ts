import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalAccess, type PortalAccess } from '../../contract/portal-access.ts';
import { problem } from '../../contract/problem.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { auditEvents } from '../storage/schema.ts';

let portal: BarePortal;
let admin: Record<string, string>;
const start = oneGroupEach({ admin: groupId(1), readOnly: groupId(3) });

beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(start);
  admin = bearer(await portal.issuer.token({ groups: [groupId(1)] }));
});
afterAll(() => portal.close());

async function read(): Promise<PortalAccess> {
  const answer = await portal.app.inject({ url: '/api/v1/portal-access', headers: admin });
  const body = portalAccess.parse(answer.json());
  expect(answer.headers['etag']).toBe(`"${body.revision}"`);
  return body;
}

function put(permissions: GroupMapping, revision: string, headers = admin) {
  return portal.app.inject({
    method: 'PUT',
    url: '/api/v1/portal-access',
    headers: { ...headers, 'if-match': `"${revision}"` },
    payload: { permissions },
  });
}

describe('portal access', () => {
  it('is changed, with its names normalised, and audited', async () => {
    const { revision } = await read();
    const decomposed = { id: groupId(4).toUpperCase(), displayName: ' Z\u0075\u0308rich ' };
    const answer = await put({ ...start, securityAnalyst: [decomposed] }, revision);
    expect(answer.statusCode).toBe(200);
    const changed = await read();
    expect(changed.permissions.securityAnalyst).toEqual([
      { id: groupId(4), displayName: 'Zürich' },
    ]);
    expect(changed.changedBy).toBe('Ada Admin');
    expect(changed.revision).not.toBe(revision);
    const events = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(events.at(-1)).toMatchObject({
      action: 'portalAccess.changed',
      actor: { kind: 'entra', name: 'Ada Admin' },
      before: start,
      after: changed.permissions,
    });
  });

  it('isn’t changed on top of what one hasn’t seen', async () => {
    const { revision } = await read();
    expect((await put(start, revision)).statusCode).toBe(200);
    const stale = problem.parse((await put(start, revision)).json());
    expect([stale.status, stale.code]).toEqual([412, 'stale_revision']);
    expect(stale.details?.['current']).toEqual(await read());
  });

  it('lets one of two who save at once through', async () => {
    const { revision } = await read();
    const both = await Promise.all([put(start, revision), put(start, revision)]);
    const statuses = new Set(both.map(({ statusCode }) => statusCode));
    expect(statuses).toEqual(new Set([200, 412]));
  });

  it('keeps the person who changes it, and somebody, Admin', async () => {
    const { revision, permissions } = await read();
    for (const [mapping, reason] of [
      [oneGroupEach({ admin: groupId(8) }), 'own_admin_lost'],
      [oneGroupEach({ readOnly: groupId(1) }), 'last_way_in'],
    ] as const) {
      const answer = problem.parse((await put(mapping, revision)).json());
      expect([answer.status, answer.code, answer.details]).toEqual([409, 'lockout', { reason }]);
      expect(answer.errors).toMatchObject([{ path: '/permissions/admin', code: reason }]);
    }
    expect((await read()).permissions).toEqual(permissions);
  });

  it('may be given to others in a recovery session, but not to nobody', async () => {
    const recovery = await portal.recover();
    const { revision } = await read();
    const empty = await put(oneGroupEach({}), revision, recovery);
    expect(empty.json()).toMatchObject({ code: 'lockout', details: { reason: 'last_way_in' } });
    const others = await put(oneGroupEach({ admin: groupId(8) }), revision, recovery);
    expect(others.statusCode).toBe(200);
    const gone = await portal.app.inject({ url: '/api/v1/me', headers: admin });
    expect(gone.json()).toMatchObject({ code: 'no_role' });
    const back = others.json<PortalAccess>().revision;
    expect((await put(start, back, recovery)).statusCode).toBe(200);
  });

  it('refuses a group that is listed twice', async () => {
    const { revision } = await read();
    const group = { id: groupId(1), displayName: null };
    const twice = { ...start, admin: [group, { ...group, id: group.id.toUpperCase() }] };
    const { errors } = problem.parse((await put(twice, revision)).json());
    expect(errors).toMatchObject([{ path: '/permissions/admin/1/id', message: 'is listed twice' }]);
  });
});
