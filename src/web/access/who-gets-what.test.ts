import { describe, expect, it } from 'vitest';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { whoGetsWhat } from './who-gets-what.ts';

function target(kind: NamedTarget['kind'], name: string, siteName: string): NamedTarget {
  return { kind, id: name, name, siteId: siteName, siteName, zoneName: null };
}

function setting(name: string, targets: NamedTarget[], group: string): SsoSetting {
  const at = '2026-11-22T00:00:00Z';
  return {
    id: name,
    revision: '1',
    version: 1,
    subscriptionName: 'S',
    type: 'singleSignOn',
    name,
    description: '',
    clientId: 'c',
    tenantId: 't',
    consoleRules: { securityAnalyst: [], readOnly: [] },
    permissions: { admin: [{ id: 'g', displayName: group }], securityAnalyst: [], readOnly: [] },
    targets,
    sensors: 1,
    createdAt: at,
    changedAt: at,
    changedBy: { name: 'Ada', objectId: null },
    mayEdit: true,
  };
}

const settings = [
  setting('Line 4', [target('sensor', 'ANR-4', 'Antwerp')], 'Night shift'),
  setting(
    'Plants',
    [target('site', 'Ghent', 'Ghent'), target('site', 'Antwerp', 'Antwerp')],
    'Ops',
  ),
];

describe('whoGetsWhat', () => {
  it('goes by site, the widest target first', () => {
    const sites = whoGetsWhat(settings, '');
    expect(sites.map((site) => site.siteName)).toEqual(['Antwerp', 'Ghent']);
    expect(sites[0]?.grants.map((grant) => grant.target.kind)).toEqual(['site', 'sensor']);
  });

  it('finds by group, and leaves out sites without a match', () => {
    const sites = whoGetsWhat(settings, 'night');
    expect(sites.map((site) => site.siteName)).toEqual(['Antwerp']);
    expect(sites[0]?.grants).toHaveLength(1);
  });
});
