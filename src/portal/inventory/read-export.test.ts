import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inventoryFields } from '../../domain/inventory-columns.ts';
import { csv } from '../../testing/sensor-rows.ts';
import { readExport } from './read-export.ts';

const bytes = (text: string) => Buffer.from(text);
const noSite = inventoryFields.filter((field) => field !== 'siteName');

/** Expects the file to be refused as a whole. */
async function expectRefusal(file: Uint8Array, refusal: Record<string, unknown>): Promise<void> {
  await expect(readExport(file, undefined)).rejects.toMatchObject({ status: 422, ...refusal });
}

describe('the sensor export', () => {
  it('of the demo is right', async () => {
    const file = await readFile(new URL('../../demo/inventory.csv', import.meta.url));
    const reading = await readExport(file, undefined);
    expect(reading).toMatchObject({ rows: 60, errors: [], errorCount: 0 });
    expect(new Set(reading.sensors.map(({ siteName }) => siteName)).size).toBe(5);
  });

  it.each([',', ';', '\t'])('may be separated by %j, with any line end', async (delimiter) => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const text = csv([{ name: 'a' }, { name: 'b, "c"; d' }], { delimiter, lineEnd });
      const reading = await readExport(bytes(text), undefined);
      expect(reading.errors).toEqual([]);
      expect(reading.sensors.map(({ row, name }) => [row, name])).toEqual([
        [2, 'a'],
        [3, 'b, "c"; d'],
      ]);
    }
  });

  it('may have its columns in any order, and others besides', async () => {
    const text = csv([{}], { fields: inventoryFields.toReversed() });
    const withOther = text.replaceAll('\n', ',=1+1\n');
    const reading = await readExport(bytes(withOther), undefined);
    expect(reading.errors).toEqual([]);
    expect(reading.notes.join()).toContain('"=1+1"');
  });

  it('may be UTF-8 with a byte-order mark, or UTF-16 with one', async () => {
    const text = csv([{ name: 'Łódź-1' }]);
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const file of [bytes(`\uFEFF${text}`), little, big]) {
      const { sensors } = await readExport(file, undefined);
      expect(sensors.map(({ name }) => name)).toEqual(['Łódź-1']);
    }
  });

  it('belongs to one site when it names none, and the request must name it', async () => {
    const file = bytes(csv([{}], { fields: noSite }));
    const { sensors } = await readExport(file, 'Ghent');
    expect(sensors[0]?.siteName).toBe('Ghent');
    await expectRefusal(file, {
      status: 422,
      code: 'site_required',
      errors: [{ path: '/siteName' }],
    });
  });

  it('gives rows without a site the one that the request names', async () => {
    const file = bytes(csv([{ name: 'a', siteName: '' }, { name: 'b' }]));
    const { sensors } = await readExport(file, 'Ghent');
    expect(sensors.map(({ siteName }) => siteName)).toEqual(['Ghent', 'Antwerp']);
    const unnamed = await readExport(file, undefined);
    expect(unnamed.errors).toMatchObject([{ row: 2, column: 'Site', code: 'required' }]);
  });

  it('numbers rows by the lines of the file, over quoted line ends and blank lines', async () => {
    const text = csv([{ name: 'a' }, { name: 'on\r\ntwo lines' }, { name: '' }], {
      lineEnd: '\r\n',
    });
    const lines = text.replace('\r\n', '\r\n\r\n,,,,,,,,,,\r\n');
    const { errors } = await readExport(bytes(lines), undefined);
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, 'Sensor name', 'line_break'],
      [7, 'Sensor name', 'required'],
    ]);
  });

  it('has all missing columns named at once', async () => {
    const text = csv([{}], { fields: ['name', 'siteName', 'version'] });
    const { errors, rows } = await readExport(bytes(text), undefined);
    expect(rows).toBe(0);
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [1, 'Sensor type', 'missing_column'],
      [1, 'Zone', 'missing_column'],
      [1, 'Subscription name', 'missing_column'],
      [1, 'Sensor health', 'missing_column'],
      [1, 'Last connected (UTC)', 'missing_column'],
      [1, 'Threat Intelligence version', 'missing_column'],
      [1, 'Threat Intelligence mode', 'missing_column'],
      [1, 'Threat Intelligence update status', 'missing_column'],
    ]);
  });

  it('refuses a column that is there twice', async () => {
    const text = csv([{}], { fields: [...inventoryFields, 'zoneName'] });
    const { errors } = await readExport(bytes(text), undefined);
    expect(errors).toMatchObject([{ row: 1, column: 'Zone', code: 'repeated_column' }]);
  });

  it('says which rows have too many or too few cells', async () => {
    const text = `${csv([{}])}a,b\n${'x,'.repeat(20)}\n`;
    const { errors } = await readExport(bytes(text), undefined);
    expect(errors.map(({ row, code }) => [row, code])).toEqual([
      [3, 'wrong_cell_count'],
      [4, 'wrong_cell_count'],
    ]);
  });

  it('says where a quote is not closed, or stands in a cell', async () => {
    for (const row of ['"not closed,b\nx,y\n', 'a"b,c\n', '"a"b,c\n']) {
      const { errors } = await readExport(bytes(`${csv([{}])}\n${row}`), undefined);
      expect(errors).toMatchObject([{ row: 4, code: 'malformed_quotes' }]);
    }
    const endless = `${csv([{}])}"${'x\n'.repeat(200_000)}`;
    const { errors } = await readExport(bytes(endless), undefined);
    expect(errors).toMatchObject([{ row: 3, code: 'row_too_long' }]);
  });

  it('has names that are the same but for case and Unicode form refused, with both rows', async () => {
    const text = csv([{ name: 'Zürich-1' }, { name: 'ZÜRICH-1'.normalize('NFD') }]);
    const { errors } = await readExport(bytes(text), undefined);
    expect(errors).toMatchObject([{ row: 3, column: 'Sensor name', code: 'duplicate_sensor' }]);
    expect(errors[0]?.message).toContain('row 2');
  });

  it('shows the first 200 errors and counts all', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ name: `s${index}`, health: '' }));
    const { errors, errorCount } = await readExport(bytes(csv(rows)), undefined);
    expect(errors).toHaveLength(200);
    expect(errorCount).toBe(300);
  });

  it('notes versions that can not be read', async () => {
    const text = csv([{ version: '24.x' }]);
    const { notes, errors } = await readExport(bytes(text), undefined);
    expect(errors).toEqual([]);
    expect(notes.join()).toContain('row 2: "24.x"');
  });
});

describe('what is no sensor export', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['blank lines', bytes(' \n\n'), 'file_empty'],
    ['an Excel workbook', bytes('PK\u0003\u0004rest'), 'file_not_csv'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_not_csv'],
    ['HTML', bytes('<!doctype html><p>Sign in'), 'file_not_csv'],
    ['JSON', bytes('[{"Sensor name":"a"}]'), 'file_not_csv'],
    ['binary', Buffer.from([1, 2, 0, 3]), 'file_not_csv'],
    ['UTF-16 without a mark', Buffer.from(csv([{}]), 'utf16le'), 'file_not_csv'],
    ['prose', bytes('Dear operator,\nplease find attached'), 'file_not_csv'],
  ])('is refused: %s', async (_what, file, code) => {
    await expectRefusal(file, { code, errors: [{ code }] });
  });

  it('is refused where the encoding breaks: line and byte are named, and what to do', async () => {
    const before = csv([{ name: 'a' }]);
    const latin1 = Buffer.concat([bytes(`${before}Caf`), Buffer.from('é,x\n', 'latin1')]);
    const offset = bytes(before).length + 3;
    await expectRefusal(latin1, {
      code: 'file_encoding',
      message: expect.stringMatching(
        new RegExp(`Line 3 .*byte ${offset} .*CSV UTF-8`, 'u'),
      ) as string,
    });
    const cut = Buffer.from(`\uFEFF${before}`, 'utf16le').subarray(0, -1);
    await expectRefusal(cut, { code: 'file_encoding' });
  });

  it('is refused above the limit of rows', async () => {
    const many = csv([{}]) + 'a,,,,,,,,,,\n'.repeat(200_001);
    await expectRefusal(bytes(many), { code: 'file_too_many_rows' });
  });
});
