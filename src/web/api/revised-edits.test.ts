import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiError } from '../failures.ts';
import {
  afterSave,
  conflictIn,
  fieldErrorsIn,
  isDirty,
  merged,
  messagesByField,
  rebased,
} from './revised-edits.ts';

interface Named {
  readonly revision: string;
  readonly name: string;
}

const first: Named = { revision: '1', name: 'A' };
const second: Named = { revision: '2', name: 'B' };
const read = ({ name }: Named) => ({ name });

describe('isDirty', () => {
  it('is what differs from what the person had before them', () => {
    expect(isDirty(null, first, read)).toBe(false);
    expect(isDirty({ draft: { name: 'Mine' }, base: first }, first, read)).toBe(true);
    expect(isDirty({ draft: { name: 'A' }, base: first }, first, read)).toBe(false);
  });

  it('is also what was typed back while the server got something else', () => {
    expect(isDirty({ draft: { name: 'A' }, base: first }, second, read)).toBe(true);
  });
});

interface Both extends Named {
  readonly other: string;
}

describe('rebased', () => {
  const before: Both = { ...first, other: 'X' };
  const edits = { draft: { name: 'Mine' }, base: before };

  it('takes the new revision where nothing of what is edited changed', () => {
    const server: Both = { ...before, revision: '2', other: 'Y' };
    const now = rebased(edits, server, read);
    expect(now).toEqual({ draft: edits.draft, base: server });
    expect(isDirty(now, server, read)).toBe(true);
    const typedBack = rebased({ draft: { name: 'A' }, base: before }, server, read);
    expect(isDirty(typedBack, server, read)).toBe(false);
  });

  it('keeps what the person had before them where it did change', () => {
    const server: Both = { ...before, revision: '2', name: 'B' };
    expect(rebased(edits, server, read)).toBe(edits);
  });

  it('has nothing to do without edits or without a new revision', () => {
    expect(rebased(null, before, read)).toBeNull();
    expect(rebased(edits, { ...before }, read)).toBe(edits);
  });
});

describe('afterSave', () => {
  it('leaves nothing of what was sent', () => {
    const draft = { name: 'Mine' };
    expect(afterSave({ draft, base: first }, draft, second)).toBeNull();
    expect(afterSave(null, draft, second)).toBeNull();
  });

  it('keeps what was typed while it was under way, based on what was saved', () => {
    const edits = { draft: { name: 'Mine, too' }, base: first };
    expect(afterSave(edits, { name: 'Mine' }, second)).toEqual({ ...edits, base: second });
  });
});

describe('merged', () => {
  const base = { name: 'Karin', role: 'readOnly', groups: ['a'] };

  it('has what each changed, where that is of different fields', () => {
    const mine = { ...base, name: 'Karin Olsen' };
    const theirs = { ...base, role: 'admin', groups: [] };
    expect(merged(base, mine, theirs)).toEqual({
      name: 'Karin Olsen',
      role: 'admin',
      groups: [],
    });
    expect(merged(base, mine, { ...base })).toEqual(mine);
  });

  it('is nothing where both changed one field, or nothing of mine is changed', () => {
    const mine = { ...base, groups: ['a', 'b'], name: 'Karin Olsen' };
    expect(merged(base, mine, { ...base, groups: ['c'] })).toBeNull();
    expect(merged(base, { ...base }, { ...base, role: 'admin' })).toBeNull();
  });

  it('counts fields that only one has', () => {
    interface Open {
      name: string;
      note?: string;
    }
    const plain: Open = { name: 'A' };
    const noted: Open = { name: 'A', note: 'Mine' };
    expect(merged(plain, noted, { name: 'B' })).toEqual({ name: 'B', note: 'Mine' });
  });
});

const schema = z.object({ revision: z.string(), name: z.string() });

function refusal(code: string, more: object): ApiError {
  const problem = { type: '', title: '', status: 400, detail: '', reference: '' };
  return new ApiError({ ...problem, code, ...more });
}

describe('conflictIn', () => {
  it('is what is there now', () => {
    const error = refusal('stale_revision', { details: { current: second } });
    expect(conflictIn(error, schema)).toEqual(second);
  });

  it('is nothing that cannot be read, and no other failure', () => {
    const unreadable = refusal('stale_revision', { details: { current: 1 } });
    const other = refusal('lockout', { details: { current: second } });
    for (const error of [unreadable, other, new Error('odd'), null]) {
      expect(conflictIn(error, schema)).toBeNull();
    }
  });
});

describe('messagesByField', () => {
  const paths = { admin: '/permissions/admin', adminNote: '/permissions/adminNote' };

  it('puts the first message at the field that it belongs to', () => {
    const errors = [
      { path: '/permissions/admin/0/id', message: 'must be an object id' },
      { path: '/permissions/admin', message: 'too many' },
      { path: '/permissions', message: 'of no field' },
    ];
    const messages = messagesByField(fieldErrorsIn(refusal('invalid', { errors })), paths);
    expect(messages).toEqual({ admin: 'must be an object id' });
  });

  it('has nothing to put where the server said nothing of fields', () => {
    expect(messagesByField(fieldErrorsIn(refusal('lockout', {})), paths)).toEqual({});
    expect(messagesByField(fieldErrorsIn(new Error('odd')), paths)).toEqual({});
  });
});
