import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable, type PgColumn } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import * as gateSchema from './gate-schema.ts';
import * as providerSchema from './provider-schema.ts';
import * as portalSchema from './schema.ts';
import { sealedColumns } from './sealed-columns.ts';

describe('sealedColumns', () => {
  it('name every column of the schema that begins with sealed, and the type of its id', () => {
    const schema = Object.values<unknown>({ ...portalSchema, ...gateSchema, ...providerSchema });
    const tables = schema.flatMap((each) => (is(each, PgTable) ? [each] : []));
    const found = tables.flatMap((table) => {
      const columns: Record<string, PgColumn> = getTableColumns(table);
      return Object.values(columns)
        .map(({ name }) => name)
        .filter((name) => name.startsWith('sealed'))
        .map((column) => ({
          table: getTableName(table),
          idType: columns['id']?.getSQLType(),
          column,
        }));
    });
    const listed = sealedColumns.map(({ table, idType, column }) => ({ table, idType, column }));
    expect(listed).toEqual(expect.arrayContaining(found));
    expect(found).toHaveLength(listed.length);
  });
});
