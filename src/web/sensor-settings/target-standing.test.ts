import { describe, expect, it } from 'vitest';
import { targetStanding } from './target-standing.ts';

const other = { settingId: 'b', settingName: 'All of Oslo' };
const row = { heldBy: null, chosen: false, inherits: null, settingId: 'a' } as const;

describe('targetStanding', () => {
  it('has nothing to say about a free target', () => {
    expect(targetStanding(row).text).toBeNull();
    expect(targetStanding({ ...row, chosen: true }).text).toBeNull();
  });

  it('warns of a replacement only where the target itself is chosen', () => {
    expect(targetStanding({ ...row, heldBy: other }).text).toBe('Has “All of Oslo”');
    expect(targetStanding({ ...row, heldBy: other, chosen: true }).text).toBe(
      'Replaces “All of Oslo”',
    );
  });

  it('says that a more specific setting stays when what is above is chosen', () => {
    expect(targetStanding({ ...row, heldBy: other, inherits: 'site' })).toEqual({
      kind: 'keeps',
      text: 'Keeps “All of Oslo”',
    });
    expect(targetStanding({ ...row, inherits: 'zone' }).text).toBe('Inherits from zone');
  });

  it('does not call its own targets replaced', () => {
    const own = { ...row, heldBy: { settingId: 'a', settingName: 'This one' } };
    expect(targetStanding({ ...own, chosen: true }).text).toBeNull();
    expect(targetStanding(own).text).toBe('Has this setting now');
  });
});
