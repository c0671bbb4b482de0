import { describe, expect, it } from 'vitest';
import { countingSource } from './counting-source.ts';

describe('countingSource', () => {
  it('is the higher of the two', () => {
    expect(countingSource('admin', 'readOnly')).toBe('groups');
    expect(countingSource('readOnly', 'securityAnalyst')).toBe('user');
    expect(countingSource('admin', 'admin')).toBe('both');
  });

  it('has nothing to compare without groups', () => {
    expect(countingSource(null, 'admin')).toBeNull();
  });
});
