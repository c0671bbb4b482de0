import { describe, expect, it } from 'vitest';
import type { SiteDetail } from '../../contract/inventory.ts';
import { scopeSummary, targetPath } from './target-names.ts';
import {
  hasSpecific,
  inheritsFrom,
  isChosen,
  sensorTarget,
  siteTarget,
  targetsOutside,
  treeMarks,
  withTarget,
  zoneTarget,
} from './target-selection.ts';

const sensor = {
  id: 'n1',
  name: 'Line 4',
  version: '24.1.3',
  supportsSso: true,
  health: 'Healthy',
  heldBy: null,
  ssoLevel: null,
  delivery: 'notEnrolled' as const,
  role: 'admin' as const,
  maySet: true,
};
const zone = {
  id: 'z1',
  name: 'Packing',
  heldBy: null,
  role: 'admin' as const,
  maySet: true,
  sensors: [sensor],
};
const oslo: SiteDetail = {
  id: 's1',
  name: 'Oslo',
  subscriptionName: 'Contoso OT',
  zones: 1,
  sensors: 1,
  sensorsWithSso: 0,
  heldBy: null,
  role: 'admin',
  maySet: true,
  zoneList: [zone],
};

describe('withTarget', () => {
  it('takes and leaves one target, by kind and id', () => {
    const chosen = withTarget([], siteTarget(oslo), true);
    expect(isChosen(chosen, { kind: 'site', id: 'S1' })).toBe(true);
    expect(isChosen(chosen, { kind: 'zone', id: 's1' })).toBe(false);
    expect(withTarget(chosen, siteTarget(oslo), true)).toHaveLength(1);
    expect(withTarget(chosen, siteTarget(oslo), false)).toEqual([]);
  });

  it('keeps a zone that is chosen beside its site', () => {
    const both = withTarget([siteTarget(oslo)], zoneTarget(oslo, zone), true);
    expect(both.map((target) => target.kind)).toEqual(['site', 'zone']);
  });
});

describe('treeMarks', () => {
  it('marks what is above a chosen sensor as mixed', () => {
    const marks = treeMarks([sensorTarget(oslo, zone, sensor)], [oslo]);
    expect(Object.fromEntries(marks)).toEqual({
      'site:s1': 'mixed',
      'zone:z1': 'mixed',
      'sensor:n1': true,
    });
  });

  it('marks the site of a chosen zone before its zones are loaded', () => {
    const marks = treeMarks([zoneTarget(oslo, zone)], []);
    expect(Object.fromEntries(marks)).toEqual({ 'site:s1': 'mixed', 'zone:z1': true });
  });

  it('marks a site that is chosen itself as checked, whatever is below', () => {
    const marks = treeMarks([siteTarget(oslo), sensorTarget(oslo, zone, sensor)], [oslo]);
    expect(marks.get('site:s1')).toBe(true);
  });
});

describe('inheritsFrom', () => {
  const site = [siteTarget(oslo)];

  it('names the nearest chosen level above', () => {
    expect(inheritsFrom([], { siteId: 's1' }, null)).toBeNull();
    expect(inheritsFrom(site, { siteId: 's1' }, null)).toBe('site');
    expect(inheritsFrom(site, { siteId: 's1', zone }, null)).toBe('site');
    const both = [...site, zoneTarget(oslo, zone)];
    expect(inheritsFrom(both, { siteId: 's1', zone }, null)).toBe('zone');
  });

  it('stops at a zone that keeps another setting', () => {
    const held = { ...zone, heldBy: { settingId: 'b', settingName: 'Packing team' } };
    expect(inheritsFrom(site, { siteId: 's1', zone: held }, 'a')).toBeNull();
    expect(inheritsFrom(site, { siteId: 's1', zone: held }, 'b')).toBe('site');
    const both = [...site, zoneTarget(oslo, held)];
    expect(inheritsFrom(both, { siteId: 's1', zone: held }, 'a')).toBe('zone');
  });
});

describe('what is chosen', () => {
  it('tells whole sites from more specific targets', () => {
    expect(hasSpecific([siteTarget(oslo)])).toBe(false);
    expect(hasSpecific([zoneTarget(oslo, zone)])).toBe(true);
  });

  it('finds targets of sites that are not offered', () => {
    const chosen = [siteTarget(oslo), zoneTarget({ id: 's2', name: 'Lyon' }, zone)];
    expect(targetsOutside(chosen, [oslo]).map((target) => target.siteId)).toEqual(['s2']);
  });

  it('reads as a path and as a sum', () => {
    expect(targetPath(sensorTarget(oslo, zone, sensor))).toBe('Oslo › Packing › Line 4');
    expect(targetPath(siteTarget(oslo))).toBe('Oslo');
    expect(scopeSummary([siteTarget(oslo), zoneTarget(oslo, zone), zoneTarget(oslo, zone)])).toBe(
      '1 site, 2 zones',
    );
    expect(scopeSummary([])).toBe('Nothing');
  });
});
