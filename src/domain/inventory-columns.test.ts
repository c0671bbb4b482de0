import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryColumns, inventoryFields, readHeading } from './inventory-columns.ts';

const labels = inventoryFields.map((field) => inventoryColumns[field].label);

describe('R21: the heading of a sensor export', () => {
  it('is understood in any order and case', () => {
    const shuffled = fc.shuffledSubarray([...inventoryFields], {
      minLength: inventoryFields.length,
    });
    fc.assert(
      fc.property(shuffled, fc.boolean(), (fields, upper) => {
        const cells = fields.map((field) => inventoryColumns[field].label);
        const { positions, missing } = readHeading(
          upper ? cells.map((cell) => ` ${cell.toUpperCase()} `) : cells,
        );
        expect(missing).toEqual([]);
        fields.forEach((field, index) => expect(positions.get(field)).toBe(index));
      }),
    );
  });

  it('names all columns that are missing; Site may be', () => {
    fc.assert(
      fc.property(fc.subarray(labels), (there) => {
        const absent = labels.filter((label) => label !== 'Site' && !there.includes(label));
        expect(readHeading(there).missing).toEqual(absent);
      }),
    );
  });

  it('refuses a column that is there twice, also under its other name', () => {
    expect(readHeading([...labels, 'sensor NAME']).repeated).toEqual(['Sensor name']);
    expect(readHeading([...labels, 'Site name']).repeated).toEqual(['Site']);
  });

  it('ignores columns that it does not know', () => {
    expect(readHeading([...labels, 'Serial number', ' '])).toMatchObject({
      ignored: ['Serial number'],
      missing: [],
    });
  });
});
