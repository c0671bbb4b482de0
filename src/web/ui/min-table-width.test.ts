import { describe, expect, it } from 'vitest';
import { minTableWidth } from './min-table-width.ts';

describe('minTableWidth', () => {
  it('leaves room for columns without a width beside those with one', () => {
    expect(minTableWidth(['100px', undefined])).toBe(260);
    expect(minTableWidth(['50%', '100px', undefined])).toBe(520);
  });

  it('leaves room where shares take all of it', () => {
    expect(minTableWidth(['20%', '30%', '50%'])).toBe(360);
  });
});
