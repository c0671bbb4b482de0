import { describe, expect, it } from 'vitest';
import type { SsoSettingReview } from '../../contract/sso-settings.ts';
import { newDraft, riskKey } from './setting-draft.ts';
import { openRisks, writeOf } from './setting-request.ts';

const oslo = {
  kind: 'site' as const,
  id: 's1',
  name: 'Oslo',
  siteId: 's1',
  siteName: 'Oslo',
  zoneName: null,
};
const lyon = { ...oslo, id: 's2', name: 'Lyon', siteId: 's2', siteName: 'Lyon' };
const review: SsoSettingReview = {
  replacements: [{ target: oslo, settingId: 'b', settingName: 'Old one' }],
  lockoutRisks: [
    { target: oslo, reason: 'own_admin_lost' },
    { target: lyon, reason: 'own_admin_lost' },
  ],
  sensors: 12,
  sensorsUnsupported: 1,
  exceptions: [],
  uncovered: [],
};

describe('writeOf', () => {
  it('names what Review showed as replaced, and nothing of its names', () => {
    const { replaces } = writeOf(newDraft(''), review);
    expect(replaces).toEqual([{ target: { kind: 'site', id: 's1' }, settingId: 'b' }]);
  });

  it('acknowledges only what was acknowledged and is still a risk', () => {
    const draft = {
      ...newDraft(''),
      acknowledged: [riskKey({ target: oslo, reason: 'own_admin_lost' }), 'zone:z9!no_admin_group'],
    };
    expect(writeOf(draft, review).acknowledges).toEqual([{ kind: 'site', id: 's1' }]);
  });
});

describe('openRisks', () => {
  it('leaves those that still need a word', () => {
    const open = openRisks(review, [riskKey({ target: oslo, reason: 'own_admin_lost' })]);
    expect(open.map((risk) => risk.target.name)).toEqual(['Lyon']);
  });
});
