import { describe, expect, it } from 'vitest';
import { fieldSentence, fieldSentences } from './field-sentence.ts';

describe('fieldSentence', () => {
  it.each([
    ['must be a GUID', 'It must be a GUID.'],
    ['It must be a GUID', 'It must be a GUID.'],
    ['None of your groups would give Admin.', 'None of your groups would give Admin.'],
  ])('makes a sentence of “%s”', (message, sentence) => {
    expect(fieldSentence(message)).toBe(sentence);
  });
});

describe('fieldSentences', () => {
  it('leaves out what has no message', () => {
    const messages: Partial<Record<'name' | 'email', string>> = { name: 'is required' };
    expect(fieldSentences(messages)).toEqual({ name: 'It is required.' });
  });
});
