import { describe, expect, it } from 'vitest';
import { isTaken, proposedName } from './provider-name.ts';

describe('proposedName', () => {
  it.each([
    [[], 'Microsoft'],
    [['Contoso'], 'Microsoft'],
    [['microsoft '], 'Microsoft 2'],
    [['Microsoft', 'Microsoft 2'], 'Microsoft 3'],
  ])('beside %j is %s', (names, name) => {
    expect(proposedName(names)).toBe(name);
  });
});

describe('isTaken', () => {
  it('reads names as people do', () => {
    expect(isTaken(' CONTOSO', ['Contoso'])).toBe(true);
    expect(isTaken('Contoso 2', ['Contoso'])).toBe(false);
  });
});
