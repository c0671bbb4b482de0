import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableName, shownText, unsafeText } from './unsafe-text.ts';

describe('R21: text that people will read', () => {
  it('may be of any script', () => {
    for (const text of ['Chloé', 'Łódź – hall 3', '東京', 'مصنع', 'a\u00A0b', '👷🏽‍♀️ crew']) {
      expect(unsafeText(text)).toBeNull();
    }
  });

  it('has no character that hides, reorders or breaks it, wherever it stands', () => {
    const hidden = ['\u0000', '\u001B', '\u0085', '\u200B', '\u202E', '\u2066', '\uFEFF', '\uD800'];
    fc.assert(
      fc.property(fc.constantFrom(...hidden), fc.string(), fc.string(), (bad, before, after) => {
        expect(unsafeText(`${before}${bad} ${after}`)).not.toBeNull();
      }),
    );
    expect(unsafeText('one\ntwo')).toBe('line_break');
  });
});

describe('R21: names that look the same', () => {
  it('compare the same, whatever their case, spaces and Unicode form', () => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), (name) => {
          expect(comparableName(name.normalize(form))).toBe(comparableName(name));
        }),
      );
    }
    expect(comparableName('  Zone\u00A0 Ａ ')).toBe(comparableName('zone a'));
  });

  it('compare the same as what they compare as', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (name) => {
        expect(comparableName(comparableName(name))).toBe(comparableName(name));
      }),
    );
  });
});

describe('a text that is shown', () => {
  it('stays as it is where nothing is hidden in it', () => {
    expect(shownText('Łódź – hall 3 👷🏽‍♀️')).toBe('Łódź – hall 3 👷🏽‍♀️');
  });

  it('has what is hidden spelled out, and is safe then, whatever it was', () => {
    expect(shownText('a\u202Eb\nc\u0000\uD800')).toBe('a[U+202E]b[U+000A]c[U+0000][U+D800]');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unsafeText(shownText(text))).toBeNull();
      }),
    );
  });
});
