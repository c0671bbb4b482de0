import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieValue, sessionCookie } from './credentials.ts';

const name = sessionCookie;

describe('the value of a cookie', () => {
  it('is found wherever it stands', () => {
    expect(cookieValue(`${name}=secret`, name)).toBe('secret');
    expect(cookieValue(`a=b; ${name}=secret; c=d`, name)).toBe('secret');
    expect(cookieValue(`a=b;${name}=secret`, name)).toBe('secret');
    expect(cookieValue(`${name}=one; ${name}=two`, name)).toBe('one');
  });

  it('isn’t taken out of another one, which any host of the domain could set', () => {
    const others = [
      `x=${name}=evil`,
      `x= ${name}=evil`,
      `x=a ${name}=evil`,
      `x${name}=evil`,
      `${name}x=evil`,
      `${name.toLowerCase()}=evil`,
      name,
      `${name}=`,
      `${name}=;`,
      '',
    ];
    expect(others.filter((header) => cookieValue(header, name) !== undefined)).toEqual([]);
    expect(cookieValue(`x=a ${name}=evil; ${name}=real`, name)).toBe('real');
  });

  it('is what was set, whatever other cookies hold', () => {
    const other = fc.record({
      name: fc.stringMatching(/^[a-z]{1,4}$/u),
      value: fc.oneof(
        fc.stringMatching(/^[^;\r\n]{0,20}$/u),
        fc.constantFrom(` ${name}=evil`, `${name}=evil`, ` ${name}=`),
      ),
    });
    fc.assert(
      fc.property(fc.array(other), fc.array(other), (before, after) => {
        const text = (cookies: typeof before) => cookies.map((one) => `${one.name}=${one.value}`);
        const header = [...text(before), `${name}=real`, ...text(after)].join('; ');
        expect(cookieValue(header, name)).toBe('real');
      }),
    );
  });
});
