import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiError } from '../failures.ts';
import { afterSave, conflictIn, fieldErrorsIn, isDirty, messagesByField } from './revised-edits.ts';

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
