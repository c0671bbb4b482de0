import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../contract/activity.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { tenantId } from '../../testing/token-issuer.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { sites, ssoSettings, ssoSettingTargets } from '../storage/schema.ts';
import { appendAudit } from './append.ts';

let portal: BarePortal;
const system = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;

beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
  await portal.database.db.transaction(async (tx) => {
    const names = ['Antwerp', 'Rotterdam'];
    const rows = names.map((name) => ({
      subscriptionName: 'S',
      subscriptionKey: 's',
      name,
      nameKey: name,
    }));
    const stored = await tx.insert(sites).values(rows).returning();
    const [antwerp = '', rotterdam = ''] = stored.map(({ id }) => id);
    const [setting] = await tx
      .insert(ssoSettings)
      .values({
        subscriptionName: 'S',
        name: 'A',
        nameKey: 'a',
        description: '',
        version: 1,
        tenantId,
        clientId: tenantId,
        permissions: oneGroupEach({ securityAnalyst: groupId(12) }),
        changedBy: system,
      })
      .returning();
    await tx.insert(ssoSettingTargets).values({ settingId: setting?.id ?? '', siteId: antwerp });
    await bumpRevision(tx, 'access');
    const about = { actor: system, address: null, action: 'x.y', outcome: 'succeeded' } as const;
    const both = { before: { b: 1 }, after: { a: 1 } };
    for (const [subject, siteIds] of [
      ['portal', []],
      ['antwerp', [antwerp]],
      ['rotterdam', [rotterdam]],
      ['both', [antwerp, rotterdam]],
    ] as const) {
      await appendAudit(tx, { ...about, ...both, subject, siteIds });
    }
  });
});
afterAll(() => portal.close());

async function seenBy(group: number): Promise<AuditEvent[]> {
  const oid = groupId(group);
  const headers = bearer(await portal.issuer.token({ oid, sid: oid, groups: [oid] }));
  const answer = await portal.app.inject({ url: '/api/v1/audit-events', headers });
  return answer.json<{ events: AuditEvent[] }>().events;
}

describe('GET /audit-events', () => {
  it('shows everything to those who have the role in the portal', async () => {
    const events = await seenBy(1);
    expect(events.map(({ subject }) => subject)).toEqual([
      'both',
      'rotterdam',
      'antwerp',
      'portal',
    ]);
    expect(events[0]).toMatchObject({ before: { b: 1 }, after: { a: 1 }, sequence: 4 });
  });

  it('shows a site’s analyst that site, and of changes to others no contents', async () => {
    const events = await seenBy(12);
    expect(events.map(({ subject, after }) => [subject, after])).toEqual([
      ['both', null],
      ['antwerp', { a: 1 }],
    ]);
  });
});
