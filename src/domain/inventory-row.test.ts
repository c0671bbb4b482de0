import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cells, sensorRow } from '../testing/sensor-rows.ts';
import { inventoryColumns, inventoryFields } from './inventory-columns.ts';
import { readSensorRow, repeatedSensors, shownValue } from './inventory-row.ts';
import { unsafeText } from './unsafe-text.ts';

function errorsOf(changes: Parameters<typeof cells>[0]) {
  const reading = readSensorRow(7, cells(changes));
  return 'errors' in reading ? reading.errors : [];
}

describe('R21: a row of the sensor export', () => {
  it('is read as it stands', () => {
    expect(readSensorRow(2, cells())).toEqual({ sensor: sensorRow() });
  });

  it('takes the sensor type in any case, and keeps its label', () => {
    expect(readSensorRow(2, cells({ type: ' ot LOCALLY connected ' }))).toMatchObject({
      sensor: { type: 'OT locally connected' },
    });
    expect(errorsOf({ type: 'Camera' })).toMatchObject([
      { row: 7, column: 'Sensor type', value: 'Camera', code: 'unknown_type' },
    ]);
  });

  it('has an error at each cell that is wrong, all of them at once', () => {
    fc.assert(
      fc.property(fc.subarray([...inventoryFields]), (fields) => {
        const wrong = Object.fromEntries(fields.map((field) => [field, 'a\u202Eb']));
        expect(errorsOf(wrong).map((error) => error.column)).toEqual(
          fields.map((field) => inventoryColumns[field].label),
        );
      }),
    );
  });

  it.each([
    ['a name on two lines', { name: 'one\ntwo' }, 'line_break'],
    ['a control character', { zoneName: 'a\u0007b' }, 'control_character'],
    ['a text-direction mark', { siteName: 'a\u202Eb' }, 'control_character'],
    ['no name', { name: '  ' }, 'required'],
    ['no zone', { zoneName: '' }, 'required'],
    ['a name that is too long', { name: 'x'.repeat(201) }, 'too_long'],
    ['a health that is too long', { health: 'x'.repeat(101) }, 'too_long'],
    ['no time', { lastConnectedAt: 'soon' }, 'invalid_time'],
  ])('refuses %s', (_what, changes, code) => {
    expect(errorsOf(changes)).toMatchObject([{ row: 7, code }]);
  });

  it('keeps as text what a spreadsheet would take for a formula', () => {
    expect(readSensorRow(2, cells({ name: '=HYPERLINK("x")' }))).toMatchObject({
      sensor: { name: '=HYPERLINK("x")' },
    });
  });

  it('shows a wrong value short, and without what hides', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const shown = shownValue(text);
        expect(unsafeText(shown)).toBeNull();
        expect(Array.from(shown).length).toBeLessThanOrEqual(80 * 10 + 1);
      }),
    );
    expect(shownValue('a\u202Eb')).toBe('a[U+202E]b');
  });
});

describe('R21: sensors that are named twice', () => {
  it('are found by case and by Unicode form, and both rows are named', () => {
    const rows = [
      sensorRow({ row: 2, name: 'Café-1' }),
      sensorRow({ row: 3, name: 'café-1'.normalize('NFD') }),
      sensorRow({ row: 4, name: 'CAFÉ-1', siteName: 'Ghent', zoneName: 'Other' }),
    ];
    const errors = repeatedSensors(rows);
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'Sensor name', 'duplicate_sensor'],
      [4, 'Sensor name', 'duplicate_sensor'],
    ]);
    expect(errors[0]?.message).toContain('row 2 ("Café-1")');
  });

  it('may be in two subscriptions', () => {
    expect(repeatedSensors([sensorRow(), sensorRow({ subscriptionName: 'Other' })])).toEqual([]);
  });
});
