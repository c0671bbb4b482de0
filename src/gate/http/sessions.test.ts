import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getGateSession } from '../../contract/gate-page.ts';
import { useGateBeforeConsole } from '../../testing/gate-before-console.ts';
import {
  adminGroup,
  analystGroup,
  codeIn,
  gateUrl,
  navigation,
  readerGroup,
  sampleBundle,
} from '../../testing/test-gate.ts';
import { personId, tenantId } from '../../testing/token-issuer.ts';

const minute = 60_000;
const { gate, behind, clock, click } = await useGateBeforeConsole();

const sessionOf = async (cookie: string, query = '') =>
  JSON.parse((await gate.ask(`/_gatehouse/api/session${query}`, { headers: { cookie } })).body) as {
    session: { role: string; kind: string } | null;
    ended: string | null;
  };
const lastSession = () => {
  const event = gate.events.findLast(({ kind }) => kind === 'signIn');
  if (event?.kind !== 'signIn' || event.sessionId === null) throw new Error('nobody signed in');
  return event.sessionId;
};

describe('R15: a session', () => {
  it('has the role of what is in force at each click', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    await click(cookie);
    expect(behind.last().headers['x-gatehouse-role']).toBe('readOnly');
    gate.change({
      permissions: {
        admin: [{ id: readerGroup, displayName: null }],
        securityAnalyst: [],
        readOnly: [],
      },
    });
    await click(cookie);
    expect(behind.last().headers['x-gatehouse-role']).toBe('admin');
  });

  it('is over at the first click after its group lost the role, with the reason', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    gate.change({
      permissions: {
        admin: [{ id: adminGroup, displayName: null }],
        securityAnalyst: [],
        readOnly: [],
      },
    });
    const answer = await click(cookie);
    expect([answer.status, codeIn(answer)]).toEqual([403, 'no_role']);
    expect(gate.events.at(-1)).toMatchObject({ kind: 'sessionEnded', reason: 'roleLost' });
    const next = await gate.ask('/flows', { headers: { cookie, ...navigation } });
    expect(next.headers.location).toBe('/_gatehouse/?return=%2Fflows');
    expect(await sessionOf(cookie)).toEqual({ session: null, ended: 'roleLost' });
  });

  it('ends after so many minutes without a request, and a look of the page is none', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    clock.pass(29 * minute);
    expect((await click(cookie)).status).toBe(200);
    clock.pass(29 * minute);
    expect((await sessionOf(cookie)).session).not.toBeNull();
    clock.pass(minute);
    expect((await click(cookie)).status).toBe(401);
    expect(await sessionOf(cookie)).toEqual({ session: null, ended: 'idle' });
    expect(gate.events.at(-1)).toMatchObject({ kind: 'sessionEnded', reason: 'idle' });
  });

  it('is used by whoever loads its page or clicks there, and not longer than it may last', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    for (let minutes = 29; minutes < 480; minutes += 29) {
      clock.pass(29 * minute);
      expect((await sessionOf(cookie, '?by=person')).session).not.toBeNull();
    }
    clock.pass(29 * minute);
    expect(await sessionOf(cookie, '?by=person')).toEqual({ session: null, ended: 'total' });
  });

  it('isn’t kept by a look that says otherwise than the contract', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    for (const query of ['?by=nobody', '?by=person&by=page', '?used=true']) {
      const answer = await gate.ask(`/_gatehouse/api/session${query}`, { headers: { cookie } });
      expect([answer.status, codeIn(answer)]).toEqual([400, 'invalid_request']);
    }
  });

  it('ends after so many minutes in all', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    for (let minutes = 20; minutes < 480; minutes += 20) {
      clock.pass(20 * minute);
      expect((await click(cookie)).status).toBe(200);
    }
    clock.pass(20 * minute);
    expect((await click(cookie)).status).toBe(401);
    expect((await sessionOf(cookie)).ended).toBe('total');
  });

  it('ends at once when it is revoked, and others go on', async () => {
    const revoked = await gate.cookieOf(readerGroup);
    const sessionId = lastSession();
    const other = await gate.cookieOf(analystGroup);
    const bundle = sampleBundle(gate.issuer.loginUrl, {
      revocations: [{ kind: 'session', sessionId }],
    });
    gate.put({ bundle, condition: 'inForce' });
    expect(gate.events.at(-1)).toMatchObject({
      kind: 'sessionEnded',
      sessionId,
      reason: 'revoked',
    });
    expect((await click(revoked)).status).toBe(401);
    expect((await sessionOf(revoked)).ended).toBe('revoked');
    expect((await click(other)).status).toBe(200);
  });

  it('of a person ends with all they had open, and not what they open afterwards', async () => {
    const before = await gate.cookieOf(readerGroup);
    const until = clock.now();
    const bundle = sampleBundle(gate.issuer.loginUrl, {
      revocations: [{ kind: 'person', tenantId, objectId: personId, until }],
    });
    gate.put({ bundle, condition: 'inForce' });
    expect((await click(before)).status).toBe(401);
    clock.pass(1);
    expect((await click(await gate.cookieOf(readerGroup))).status).toBe(200);
  });

  it('gets no further while the bundle is expired or the gate revoked, and goes on after that (R16)', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    const bundle = gate.bundle();
    for (const [condition, code] of [
      ['expired', 'bundle_expired'],
      ['revoked', 'gate_revoked'],
    ] as const) {
      gate.put({ bundle, condition });
      const answer = await click(cookie);
      expect([answer.status, codeIn(answer)]).toEqual([403, code]);
    }
    gate.put({ bundle, condition: 'inForce' });
    expect((await click(cookie)).status).toBe(200);
  });

  it('is ended by signing out, from this origin only', async () => {
    const cookie = await gate.cookieOf(readerGroup);
    const signOut = (origin: string) =>
      gate.ask('/_gatehouse/api/session', { method: 'DELETE', headers: { cookie, origin } });
    expect((await signOut('https://evil.example')).status).toBe(403);
    const answer = await signOut(gateUrl);
    expect([answer.status, answer.headers['set-cookie']?.[0]]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ]);
    expect((await click(cookie)).status).toBe(401);
    expect(gate.events.at(-1)).toMatchObject({ kind: 'sessionEnded', reason: 'signedOut' });
    // A browser that kept the cookie is told, in the contract's words.
    const { body } = await gate.ask('/_gatehouse/api/session', { headers: { cookie } });
    expect(getGateSession.response.parse(JSON.parse(body))).toEqual({
      session: null,
      ended: 'signedOut',
    });
  });
});

describe('a restart', () => {
  it('signs nobody out, and the disk has nothing that opens a session', async () => {
    const cookie = await gate.cookieOf(analystGroup);
    await gate.restart();
    expect((await click(cookie)).status).toBe(200);
    expect(behind.last().headers['x-gatehouse-role']).toBe('securityAnalyst');
    const file = join(gate.dataDir, 'sessions.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const secret = cookie.split('=')[1]?.slice(0, 43) ?? '';
    expect(secret).toHaveLength(43);
    expect(await readFile(file, 'utf8')).not.toContain(secret);
  });

  it('with a damaged file signs everybody out, and goes on', async () => {
    const cookie = await gate.cookieOf(analystGroup);
    await gate.restart();
    await writeFile(join(gate.dataDir, 'sessions.json'), '{"gateId":"x","sess');
    await gate.restart();
    expect((await click(cookie)).status).toBe(401);
    expect((await click(await gate.cookieOf(analystGroup))).status).toBe(200);
  });
});
