import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnAddress } from './return-address.ts';

const own = 'https://gate.example';
const fallback = '/fallback';

const piece = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '\\',
    '/\\',
    '%2f',
    '%5C',
    '@',
    ':',
    'https:',
    'javascript:',
    'evil.example',
    '.',
    '..',
    '\t',
    '\n',
    '\r',
    '\0',
    ' ',
    '\u200b',
    '\u2028',
    '?',
    '#',
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
);
const address = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

describe('the address to return to', () => {
  it('never leads to another origin, whatever was asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          address,
          address.map((rest) => `/${rest}`),
        ),
        (text) => {
          expect(new URL(returnAddress(text, fallback), own).origin).toBe(own);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('leads to no other origin either once a browser has read it, and what it read is used again', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          address.map((rest) => `/${rest}`),
          address.map((rest) => `/.${rest}`),
          address.map((rest) => `/a/..${rest}`),
        ),
        (text) => {
          const { pathname, search, hash } = new URL(returnAddress(text, fallback), own);
          expect(new URL(`${pathname}${search}${hash}`, own).origin).toBe(own);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is what was asked for, where that is a path', () => {
    fc.assert(
      fc.property(
        fc
          .stringMatching(/^(?:\/[a-z0-9._~-]{1,8}){1,4}\/?(?:\?[a-z0-9=&/%.]{0,20})?$/u)
          .filter((text) => !/\/\.\.?(?:\/|$)/u.test(text.split('?', 1)[0] ?? '')),
        (text) => {
          expect(returnAddress(text, fallback)).toBe(text);
        },
      ),
    );
  });

  it.each([
    null,
    undefined,
    '',
    'flows',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/%2E%2e//evil.example',
    '/a/..',
    'https://evil.example/',
    'javascript:alert(1)',
    ' /a',
    `/${'a'.repeat(2_000)}`,
  ])('%j is answered with the fallback', (text) => {
    expect(returnAddress(text, fallback)).toBe(fallback);
  });
});
