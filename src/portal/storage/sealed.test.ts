import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyId, seal, unseal } from './sealed.ts';

const key = randomBytes(32);
const sealed = seal(key, 'a secret ✓', 'client secret 1');

describe('seal and unseal', () => {
  it('give back what was sealed, and show nothing of it', () => {
    expect(unseal(key, sealed, 'client secret 1')).toBe('a secret ✓');
    expect(unseal(key, seal(key, '', 'nothing'), 'nothing')).toBe('');
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]+$/u);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString()).not.toContain('secret');
    expect(seal(key, 'a secret ✓', 'client secret 1')).not.toBe(sealed);
  });

  it('say so when the key is another one', () => {
    expect(sealed.split('.')[1]).toBe(keyId(key));
    const attempt = () => unseal(randomBytes(32), sealed, 'client secret 1');
    expect(attempt).toThrow(expect.objectContaining({ code: 'secret_key_invalid' }));
    expect(attempt).toThrow('another secret key');
  });

  it('refuse what was exchanged or changed', () => {
    const last = sealed.at(-2) === 'A' ? 'B' : 'A';
    const wrong: readonly (readonly [string, string])[] = [
      [sealed, 'client secret 2'],
      [`${sealed.slice(0, -2)}${last}${sealed.slice(-1)}`, 'client secret 1'],
      [`v1.${keyId(key)}.AAAA`, 'client secret 1'],
      [sealed.replace('v1', 'v2'), 'client secret 1'],
      ['', 'client secret 1'],
      [`${sealed}.more`, 'client secret 1'],
    ];
    for (const [text, context] of wrong) {
      expect(() => unseal(key, text, context)).toThrow(
        expect.objectContaining({ code: 'sealed_value_damaged' }),
      );
    }
  });
});
