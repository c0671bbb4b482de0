import { describe, expect, it } from 'vitest';
import type { ImportReport } from '../../contract/inventory-import.ts';
import { importReducer, importStart, type ImportEvent, type ImportState } from './import-state.ts';

const none = { added: 0, changed: 0, unchanged: 0 };
const report: ImportReport = {
  rows: 0,
  sites: none,
  zones: none,
  sensors: { ...none, moved: 0 },
  notInFile: 0,
  changes: [],
  errors: [],
  errorCount: 0,
  notes: [],
  revision: '7',
};
const file = { name: 'sensors.csv', content: new Blob(['a']) };
const failure = new Error('away');

function after(...events: ImportEvent[]): ImportState {
  return events.reduce(importReducer, importStart);
}

describe('importReducer', () => {
  it('previews a chosen file, then imports it', () => {
    const previewed = after(
      { type: 'fileChosen', file },
      { type: 'checkStarted' },
      { type: 'sent', sent: 1 },
      { type: 'previewed', report, renewed: false },
    );
    expect(previewed).toMatchObject({ phase: 'previewed', file, report });
    const imported = [{ type: 'importStarted' }, { type: 'imported', report }] as const;
    expect(imported.reduce<ImportState>(importReducer, previewed).phase).toBe('imported');
  });

  it('keeps the file and the site when checking fails', () => {
    const failed = after(
      { type: 'fileChosen', file },
      { type: 'siteNamed', siteName: 'Oslo' },
      { type: 'checkStarted' },
      { type: 'failed', error: failure, needsSite: false },
    );
    expect(failed).toMatchObject({ phase: 'choosing', file, siteName: 'Oslo', error: failure });
  });

  it('keeps the preview when importing fails', () => {
    const failed = after(
      { type: 'fileChosen', file },
      { type: 'previewed', report, renewed: false },
      { type: 'importStarted' },
      { type: 'failed', error: failure, needsSite: false },
    );
    expect(failed).toMatchObject({ phase: 'previewed', report, error: failure });
  });

  it('asks for the site before it calls its absence an error', () => {
    const asked = after(
      { type: 'fileChosen', file },
      { type: 'checkStarted' },
      { type: 'failed', error: failure, needsSite: true },
    );
    expect(asked).toMatchObject({ needsSite: true, error: null });
  });

  it('forgets a preview when the site is another', () => {
    const renamed = after(
      { type: 'fileChosen', file },
      { type: 'previewed', report, renewed: false },
      { type: 'siteNamed', siteName: 'Lyon' },
    );
    expect(renamed).toMatchObject({ phase: 'choosing', report: null, siteName: 'Lyon' });
  });

  it('begins anew with another file', () => {
    const other = after(
      { type: 'fileChosen', file },
      { type: 'failed', error: failure, needsSite: true },
      { type: 'fileChosen', file: { ...file, name: 'other.csv' } },
    );
    expect(other).toMatchObject({ needsSite: false, error: null, phase: 'choosing' });
    expect(after({ type: 'fileRemoved' })).toEqual(importStart);
  });
});
