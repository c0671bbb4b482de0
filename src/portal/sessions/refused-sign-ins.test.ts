import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { secondInstance } from '../../testing/second-instance.ts';
import { startWebPortal, type WebPortal } from '../../testing/web-portal.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import { appendAudit } from '../audit/append.ts';
import { auditEvents } from '../storage/schema.ts';
import { createRefusedSignIns } from './refused-sign-ins.ts';

let portal: WebPortal;
beforeAll(async () => {
  portal = await startWebPortal();
});
afterAll(() => portal.close());
let before = 0;
beforeEach(async () => {
  before += (await refused()).length;
});

const refused = async () => {
  const events = await portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence);
  return events
    .filter(({ action }) => action === 'signIn.refused')
    .toSorted((a, b) => a.sequence - b.sequence)
    .slice(before);
};

function secretRefused(response: ServerResponse): void {
  const description = 'AADSTS7000222: The provided client secret keys are expired.';
  response
    .writeHead(401, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: 'invalid_client', error_description: description }));
}

describe('a sign-in that is refused at its answer', () => {
  it.each([
    ['id_token_invalid', () => ({ claims: { aud: randomUUID() } }), null],
    ['wrong_tenant', otherTenant, null],
    ['credential_refused', () => ({ answer: secretRefused }), 7000222],
  ] as const)('is audited: %s', async (code, how, aadsts) => {
    portal.provider.misbehave(how());
    await portal.browser().signIn();
    await vi.waitFor(async () => expect(await refused()).toHaveLength(1));
    expect(await refused()).toMatchObject([
      {
        actor: { kind: 'entra', name: 'Unknown', tenantId: null, objectId: null },
        address: '127.0.0.1',
        outcome: 'refused',
        subject: 'Somebody, by Contoso',
        after: { code, providerName: 'Contoso', ...(aadsts === null ? {} : { aadsts }) },
      },
    ]);
  });

  it('fills no log, however often it is tried', async () => {
    portal.provider.misbehave(otherTenant());
    const other = await secondInstance(portal);
    for (let times = 0; times < 4; times += 1) await portal.browser(other.app).signIn();
    await other.close();
    const events = await refused();
    // Both are written in the background: either may be first.
    const repeated = events.map(({ after }) => (after as { repeated?: number }).repeated ?? 0);
    expect(repeated.toSorted((a, b) => a - b)).toEqual([0, 3]);
  });

  it('is no matter of the audit log where any browser can send it by itself', async () => {
    portal.provider.misbehave({ claims: { nonce: 'of another sign-in' } });
    const other = await secondInstance(portal);
    const browser = portal.browser(other.app);
    await browser.signIn();
    portal.provider.misbehave({});
    const callback = await browser.arrive(await browser.begin());
    for (const change of [
      (url: URL) => url.searchParams.set('state', 'of nobody'),
      (url: URL) => url.searchParams.set('code', 'of nobody'),
    ]) {
      const sent = new URL(callback);
      change(sent);
      expect(await browser.answer(sent)).toContain('/sign-in/failed');
    }
    await other.close();
    expect(await refused()).toEqual([]);
  });
});

describe('memory', () => {
  it('holds so many refusals at most, and every one is audited all the same', async () => {
    const { db } = portal.database;
    const signIns = createRefusedSignIns({
      database: { db },
      appendAudit,
      onError: (error) => expect(error).toBeUndefined(),
      mostCounted: 2,
    });
    const error = new WebSignInError('wrong_tenant', 'for the log');
    const provider = { id: 'one', name: 'Contoso' };
    const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.1', '192.0.2.1'];
    for (const address of addresses) signIns.record(error, provider, address);
    // Nobody waits for the minute: those that were pushed out began anew.
    await signIns.close();
    const told = (await refused()).map(
      ({ address, after }) => `${address} ${(after as { repeated?: number }).repeated ?? 0}`,
    );
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual([
      '192.0.2.1 0',
      '192.0.2.1 0',
      '192.0.2.1 1',
      '192.0.2.2 0',
      '192.0.2.3 0',
    ]);
  });
});

function otherTenant() {
  const tid = '0a1b2c3d-0000-4000-8000-0000000000ff';
  return { claims: { tid, iss: `${portal.provider.loginUrl}/${tid}/v2.0` } };
}
