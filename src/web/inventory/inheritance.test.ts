import { describe, expect, it } from 'vitest';
import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { defaultConsoleRules } from '../../domain/console-rules.ts';
import { inheritanceLevels, type EffectiveSettingAnswer } from './inheritance.ts';

const sensor = { siteName: 'Oslo', zoneName: 'Packing', name: 'Line 4' };
const target = {
  kind: 'zone' as const,
  id: 'z1',
  name: 'Packing',
  siteId: 's1',
  siteName: 'Oslo',
  zoneName: 'Packing',
};
const effective: EffectiveSettingAnswer['effective'] = {
  settingId: 'a',
  settingName: 'Packing team',
  version: 2,
  level: 'zone',
  target,
  clientId: 'c',
  permissions: { admin: [], securityAnalyst: [], readOnly: [] },
  consoleRules: consoleRulesAnswer(defaultConsoleRules),
};

describe('inheritanceLevels', () => {
  it('shows which level wins and what it shadows, from the site down', () => {
    const levels = inheritanceLevels(sensor, {
      effective,
      shadows: [
        {
          settingId: 'b',
          settingName: 'All of Oslo',
          level: 'site',
          target: { ...target, kind: 'site' },
        },
      ],
    });
    expect(levels.map((level) => [level.kind, level.name, level.standing])).toEqual([
      ['site', 'Oslo', 'shadowed'],
      ['zone', 'Packing', 'wins'],
      ['sensor', 'Line 4', 'none'],
    ]);
    expect(levels.map((level) => level.setting?.settingName ?? null)).toEqual([
      'All of Oslo',
      'Packing team',
      null,
    ]);
  });

  it('shows three levels without a setting where SSO is off', () => {
    const levels = inheritanceLevels(sensor, { effective: null, shadows: [] });
    expect(levels.map((level) => level.standing)).toEqual(['none', 'none', 'none']);
  });
});
