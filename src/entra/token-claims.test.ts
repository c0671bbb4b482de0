import { describe, expect, it } from 'vitest';
import { accessTokenOf } from './access-token.ts';
import { tokenClaims } from './token-claims.ts';

const always = { iss: 'https://login.example/t/v2.0', aud: 'a', exp: 1, tid: 't', oid: 'o' };

describe('claims that no database stores', () => {
  it.each([
    ['U+0000', 'a\0b'],
    ['half a pair of UTF-16', 'a\uD800b'],
  ])('lose %s to a sign that is equal to nothing', (_name, text) => {
    const claims = tokenClaims.parse({ ...always, name: text, sid: text, acrs: [text], upn: text });
    expect(claims).toMatchObject({ name: 'a\uFFFDb', sid: 'a\uFFFDb', acrs: ['a\uFFFDb'] });
    const groups = tokenClaims.parse({ ...always, groups: [text] }).groups;
    expect(groups).toEqual(['a\uFFFDb']);
  });

  it('make no address of another', () => {
    const email = 'ad\0a@example.com';
    const claims = tokenClaims.parse({ ...always, email, xms_edov: true });
    const person = accessTokenOf({ ...claims, tid: 't', oid: 'o' });
    expect(person.verifiedEmail).toBe('ad\uFFFDa@example.com');
  });

  it('stay as they are otherwise', () => {
    const name = 'Zoë 🚢 Łukasz';
    expect(tokenClaims.parse({ ...always, name }).name).toBe(name);
  });
});
