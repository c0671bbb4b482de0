import { describe, expect, it } from 'vitest';
import { changedFields } from './changed-fields.ts';

describe('changedFields', () => {
  it('shows what changed, field by field, groups by name', () => {
    const before = { name: 'A', permissions: { admin: [] }, version: 1 };
    const after = {
      name: 'A',
      permissions: { admin: [{ id: '2b', displayName: 'Admins' }] },
      version: 2,
    };
    expect(changedFields(before, after)).toEqual([
      { path: 'permissions.admin', before: 'none', after: 'Admins (2b)' },
      { path: 'version', before: '1', after: '2' },
    ]);
  });

  it('reads what has no name by its fields', () => {
    const key = { status: 'next', fingerprint: 'bda', sensor: { id: '1', name: 'A' }, at: null };
    expect(changedFields([], [key])).toEqual([
      { path: '', before: 'none', after: 'status next, key fingerprint bda, sensor A (1), when –' },
    ]);
  });

  it('tells absent from empty', () => {
    expect(changedFields(null, { list: [], text: '' })).toEqual([
      { path: 'list', before: null, after: 'none' },
      { path: 'text', before: null, after: '' },
    ]);
  });

  it('is empty where nothing changed', () => {
    expect(changedFields(undefined, undefined)).toEqual([]);
    expect(changedFields({ a: 1 }, { a: 1 })).toEqual([]);
  });
});
