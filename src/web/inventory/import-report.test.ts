import { describe, expect, it } from 'vitest';
import type { ImportReport } from '../../contract/inventory-import.ts';
import { changesNothing, changeSummary, cutNotice, fileSize } from './import-report.ts';
import { importTemplate } from './import-template.ts';
import { sensorSso } from './sensor-sso.ts';

const none = { added: 0, changed: 0, unchanged: 4 };
const report: ImportReport = {
  rows: 4,
  sites: none,
  zones: none,
  sensors: { ...none, moved: 0 },
  notInFile: 0,
  changes: [],
  errors: [],
  errorCount: 0,
  notes: [],
  revision: '1',
};

describe('changeSummary', () => {
  it('says what would be added and changed', () => {
    const changes = {
      ...report,
      sites: { added: 1, changed: 0, unchanged: 0 },
      sensors: { added: 60, changed: 2, unchanged: 0, moved: 1 },
    };
    expect(changeSummary(changes, 'planned')).toBe(
      '1 site to add, 60 sensors to add, 2 sensors to change, 1 of them to move',
    );
    expect(changeSummary(changes, 'done')).toBe(
      '1 site added, 60 sensors added, 2 sensors changed, 1 of them moved',
    );
  });

  it('says so when the same file changes nothing', () => {
    expect(changesNothing(report)).toBe(true);
    expect(changeSummary(report, 'planned')).toBe('Nothing changes');
    expect(changesNothing({ ...report, zones: { ...none, changed: 1 } })).toBe(false);
  });
});

describe('cutNotice', () => {
  it('tells that there are more', () => {
    expect(cutNotice(200, 512, 'error')).toBe('The first 200 of 512 errors are shown.');
    expect(cutNotice(1, 1, 'error')).toBeNull();
  });
});

describe('fileSize', () => {
  it('reads well at each size', () => {
    expect([12, 2048, 5 * 1024 * 1024].map(fileSize)).toEqual(['12 bytes', '2.0 kB', '5.0 MB']);
  });
});

describe('importTemplate', () => {
  it('is one row of columns', () => {
    expect(importTemplate().split('\r\n')).toHaveLength(2);
    expect(importTemplate()).toContain('Sensor name,Sensor type,Zone,Subscription name');
  });
});

describe('sensorSso', () => {
  const sensor = { version: '24.1.3', supportsSso: true, ssoLevel: 'zone' as const };

  it('is on where a setting reaches a sensor that supports it', () => {
    expect(sensorSso(sensor)).toMatchObject({ state: 'on', label: 'On, from zone' });
    expect(sensorSso({ ...sensor, ssoLevel: null }).state).toBe('off');
  });

  it('is unsupported with old software, even where a setting reaches it', () => {
    const old = sensorSso({ ...sensor, version: '22.3.1', supportsSso: false });
    expect(old.state).toBe('unsupported');
    expect(old.reason).toContain('24.1.2 or later');
  });

  it('never takes an unknown version for a supported one', () => {
    const unknown = sensorSso({ ...sensor, version: 'beta', supportsSso: null });
    expect(unknown.state).toBe('unsupported');
    expect(unknown.reason).toContain('can’t be read');
  });
});
