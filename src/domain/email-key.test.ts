import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailKey } from './email-key.ts';

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text);
const ours = fc.emailAddress();

describe('emailKey', () => {
  it('is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(ours, fc.string({ unit: 'binary' })), (address) => {
        expect(emailKey(emailKey(address))).toBe(emailKey(address));
      }),
    );
  });

  it('knows neither case nor spaces around nor how letters are composed', () => {
    fc.assert(
      fc.property(ours, (address) => {
        expect(emailKey(`  ${address.toUpperCase()}\n`)).toBe(emailKey(address));
      }),
    );
    expect(emailKey('Zu\u0308rich@Example.COM')).toBe('zürich@example.com');
    expect(emailKey('J\u030C@example.com')).toBe('\u01F0@example.com');
  });

  it('writes the domain in ASCII', () => {
    expect(emailKey('ada@BÜCHER.example')).toBe('ada@xn--bcher-kva.example');
    expect(emailKey('ada@bu\u0308cher.example')).toBe('ada@xn--bcher-kva.example');
    expect(emailKey('ada@xn--bcher-kva.example')).toBe('ada@xn--bcher-kva.example');
  });

  it('makes no local part ASCII that isn’t', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const local = text.replaceAll(/[@\s]/gu, '');
        if (local === '' || isAscii(local)) return;
        expect(isAscii(emailKey(`${local}@example.com`))).toBe(false);
      }),
    );
  });

  it.each([
    ['a Kelvin sign', '\u212Aevin@example.com', 'kevin@example.com'],
    ['a Cyrillic a', '\u0430da@example.com', 'ada@example.com'],
    ['a dotless i', 'l\u0131nda@example.com', 'linda@example.com'],
    ['a dotted capital I', 'L\u0130NDA@example.com', 'linda@example.com'],
    ['full-width letters', '\uFF41da@example.com', 'ada@example.com'],
    ['a zero-width space', 'a\u200Bda@example.com', 'ada@example.com'],
    ['another domain', 'ada@example.com.attacker.example', 'ada@example.com'],
    ['two at signs', 'ada@example.com@attacker.example', 'ada@example.com'],
    ['a look-alike domain', 'ada@ex\u0430mple.com', 'ada@example.com'],
    ['a path', 'ada@attacker.example/@example.com', 'ada@example.com'],
    ['a plus tag', 'ada+x@example.com', 'ada@example.com'],
    ['no domain', 'ada', 'ada@'],
  ])('keeps apart %s', (_what, one, other) => {
    expect(emailKey(one)).not.toBe(emailKey(other));
  });

  it('takes domains that no URL can have as they are', () => {
    expect(emailKey('Ada@exa mple.com')).toBe('ada@exa mple.com');
    expect(emailKey('Ada@example.com/x')).toBe('ada@example.com/x');
    expect(emailKey('Ada@xn--\u00FC.example')).toBe('ada@xn--ü.example');
  });
});
