import { describe, expect, it } from 'vitest';
import { useGateBeforeConsole } from '../../testing/gate-before-console.ts';
import { codeIn, cookieIn, gateUrl } from '../../testing/test-gate.ts';
import { makeRecoveryLink } from '../recovery-links.ts';

const minute = 60_000;
const { gate, behind, clock, click } = await useGateBeforeConsole();

describe('R17: recovery', () => {
  const recover = async (token: string, origin = gateUrl) =>
    gate.ask('/_gatehouse/api/recovery-session', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
  const link = async () =>
    new URLSearchParams(
      new URL(await makeRecoveryLink(gate.dataDir, gateUrl, clock.now())).hash.slice(1),
    ).get('token') ?? '';

  it.each(['noBundle', 'expired', 'revoked'] as const)(
    'works when the gate is %s',
    async (condition) => {
      gate.put({ bundle: condition === 'noBundle' ? null : gate.bundle(), condition });
      const token = await link();
      const answer = await recover(token);
      expect(JSON.parse(answer.body)).toMatchObject({
        kind: 'recovery',
        role: 'admin',
        idleMinutes: null,
      });
      expect(gate.events.at(-1)).toMatchObject({ kind: 'recovery', step: 'sessionOpened' });
      expect((await click(cookieIn(answer))).status).toBe(200);
      expect(behind.last().headers).toMatchObject({
        'x-gatehouse-user': 'recovery',
        'x-gatehouse-role': 'admin',
      });
      expect((await recover(token)).status).toBe(401);
    },
  );

  it('lasts 30 minutes, used or not', async () => {
    const cookie = cookieIn(await recover(await link()));
    clock.pass(29 * minute);
    expect((await click(cookie)).status).toBe(200);
    clock.pass(minute);
    expect((await click(cookie)).status).toBe(401);
    expect(gate.events.at(-1)).toMatchObject({ kind: 'recovery', step: 'sessionClosed' });
  });

  it('takes no link of another page’s making', async () => {
    const token = await link();
    expect((await recover(token, 'https://evil.example')).status).toBe(403);
    expect((await recover(token)).status).toBe(200);
  });

  it('lets nobody guess', async () => {
    const codes = new Set<unknown>();
    for (let attempt = 0; attempt < 25; attempt += 1) {
      codes.add(codeIn(await recover(`guess-number-${attempt}-of-somebody`)));
    }
    expect([...codes]).toEqual(['recovery_link_invalid', 'too_many_requests']);
  });
});
