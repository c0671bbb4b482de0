import { describe, expect, it } from 'vitest';
import { pastedGroupIds, withGroups } from './pasted-group-ids.ts';

const id = '2b000000-0000-4000-8000-000000000001';

describe('pastedGroupIds', () => {
  it('takes ids one a line, as spreadsheets and PowerShell write them', () => {
    const { groups, wrong } = pastedGroupIds(`{${id.toUpperCase()}}\r\n"${id}"\n\n  ${id} `);
    expect(groups).toEqual([{ id, displayName: null }]);
    expect(wrong).toEqual([]);
  });

  it('gives back what isn’t an id', () => {
    expect(pastedGroupIds(`${id}, Plant operators`).wrong).toEqual(['Plant operators']);
  });
});

describe('withGroups', () => {
  it('keeps a chosen group with its name', () => {
    const chosen = [{ id: id.toUpperCase(), displayName: 'Operators' }];
    expect(withGroups(chosen, [{ id, displayName: null }])).toEqual(chosen);
  });
});
