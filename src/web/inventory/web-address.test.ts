import { describe, expect, it } from 'vitest';
import { webAddress } from './web-address.ts';

describe('webAddress', () => {
  it('takes addresses of the web alone', () => {
    expect(webAddress('https://line4.oslo.example:8443')).toBe('https://line4.oslo.example:8443/');
    expect(webAddress('javascript:alert(1)')).toBeNull();
    expect(webAddress('line4')).toBeNull();
  });
});
