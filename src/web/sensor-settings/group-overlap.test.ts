import { describe, expect, it } from 'vitest';
import { groupsInSeveralRoles } from './group-overlap.ts';

describe('groupsInSeveralRoles', () => {
  it('finds a group by its id, whatever its case or name', () => {
    const team = { id: 'ab', displayName: 'OT team' };
    const other = { id: 'cd', displayName: null };
    expect(
      groupsInSeveralRoles({
        admin: [team],
        securityAnalyst: [other],
        readOnly: [{ id: 'AB', displayName: null }],
      }),
    ).toEqual(['OT team']);
    expect(groupsInSeveralRoles({ admin: [team], securityAnalyst: [other], readOnly: [] })).toEqual(
      [],
    );
  });
});
