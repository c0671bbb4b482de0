import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdAuditLog } from '../../testing/held-audit-log.ts';
import { tenantId } from '../../testing/token-issuer.ts';
import { startWebPortal, type WebPortal } from '../../testing/web-portal.ts';
import { webVisitor } from '../../testing/web-visitor.ts';
import { portalUsers } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';

let portal: WebPortal;
let recovery: Record<string, string>;
beforeAll(async () => {
  portal = await startWebPortal();
  recovery = await portal.recover();
});
afterAll(() => portal.close());

/** Somebody in two browsers, and the portal user that they are. */
async function twice() {
  const visitor = webVisitor(portal, Date.now);
  const browsers = [await visitor.signedIn(), await visitor.signedIn()] as const;
  const identity = { tenantId, objectId: visitor.oid };
  const email = `${visitor.oid}@example.com`;
  const createdBy = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
  const user = { name: 'Ada', email, emailKey: email, role: 'readOnly', createdBy } as const;
  const id = await portal.database.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(portalUsers)
      .values({ ...user, ...identity })
      .returning();
    await bumpRevision(tx, 'access');
    return row?.id ?? '';
  });
  return { browsers, id };
}

const asked = (method: 'PUT' | 'DELETE', id: string) =>
  portal.app.inject({
    method,
    url: `/api/v1/users/${id}`,
    headers: { ...recovery, ...(method === 'PUT' ? { 'if-match': '"1"' } : {}) },
    ...(method === 'PUT' ? { payload: { name: 'Ada', role: 'readOnly', disabled: true } } : {}),
  });

describe('somebody who signs out while an Admin', () => {
  it.each([
    ['disables', 'PUT', 200],
    ['deletes', 'DELETE', 204],
  ] as const)('%s them has signed out, and neither fails', async (_, method, status) => {
    const { browsers, id } = await twice();
    const log = await holdAuditLog(portal.database);
    const changed = asked(method, id);
    await log.waiting(1);
    const left = browsers[0].call('POST', '/sign-out');
    await log.waiting(2);
    await log.release();
    expect((await changed).statusCode).toBe(status);
    expect((await left).statusCode).toBe(200);
    for (const browser of browsers) expect((await browser.me()).statusCode).toBe(401);
  });
});
