import { describe, expect, it } from 'vitest';
import type { GateStatus } from '../../contract/gate-page.ts';
import { gateNotices } from './gate-notices.ts';

const allRight: GateStatus = {
  sensor: null,
  refusal: null,
  portal: { url: 'https://portal.example', reachable: true, unreachableSince: null },
  bundleExpiresAt: '2026-12-22T05:00:00.000Z',
  entra: { loginUrl: null, reachable: true, unreachableSince: null, reason: null },
  clock: null,
};

function notices(status: Partial<GateStatus>, signedIn = false) {
  const time = (at: string) => at.slice(0, 10);
  return gateNotices({ ...allRight, ...status }, { signedIn, time });
}

const portal = { url: '', reachable: false, unreachableSince: '2026-11-20T05:00:00.000Z' };
const entra = {
  loginUrl: null,
  reachable: false,
  unreachableSince: '2026-11-21T05:00:00.000Z',
  reason: 'A proxy inspects the connection',
};

describe('gateNotices', () => {
  it('is silent while all is right, or nothing is known', () => {
    expect(notices({})).toEqual([]);
    expect(notices({ entra: { ...entra, reachable: null } })).toEqual([]);
  });

  it('says since when the portal is away, and until when the gate goes on', () => {
    expect(notices({ portal })).toMatchObject([
      {
        title: 'The portal can’t be reached (since 2026-11-20)',
        text: expect.stringContaining('until 2026-12-22') as string,
      },
    ]);
  });

  it('doesn’t promise that it goes on where it has stopped', () => {
    const refusal = { code: 'bundle_expired', detail: '' };
    expect(notices({ portal, refusal })[0]?.text).not.toContain('goes on');
  });

  it('says why Entra ID is away, and that open sessions go on', () => {
    const [notice] = notices({ entra });
    expect(notice).toMatchObject({ id: 'entra', tone: 'alert' });
    expect(notice?.text).toBe(
      'New sign-ins may fail until the connection is back. Whoever is signed in already goes on working. What failed: A proxy inspects the connection.',
    );
    expect(notices({ entra }, true)).toMatchObject([{ tone: 'note' }]);
  });

  it('tells the amount by which the clock is off, first of all', () => {
    const ids = notices({ portal, entra, clock: '2 hours fast', certificate: 'It ends tomorrow' });
    expect(ids.map(({ id }) => id)).toEqual(['clock', 'entra', 'portal', 'certificate']);
    expect(ids[0]?.title).toContain('2 hours fast');
  });
});
