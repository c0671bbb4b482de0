import { describe, expect, it } from 'vitest';
import { enteredText } from './entered-text.ts';

describe('enteredText', () => {
  it.each([' a~b', 'a~b\n', '\r\n\ta~b ', '\u{a0}a~b\u{200b}'])(
    'takes off what is around %j',
    (raw) => {
      expect(enteredText(raw)).toEqual({ text: 'a~b', trimmed: true });
    },
  );

  it('leaves what is within, and says that nothing was taken off', () => {
    expect(enteredText('a b')).toEqual({ text: 'a b', trimmed: false });
  });
});
