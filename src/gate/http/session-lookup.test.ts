import { describe, expect, it } from 'vitest';
import { createSessionCookie } from './session-cookie.ts';
import { createSessionLookup } from './session-lookup.ts';
import { createSessionStore } from './session-store.ts';

function open() {
  const cookie = createSessionCookie('0a1b2c3d-0000-4000-8000-0000000000aa');
  const sessions = createSessionStore({
    sessions: [],
    onOpened: () => undefined,
    onEnded: () => undefined,
  });
  let hashes = 0;
  const counted = {
    keyOf(header: string | undefined) {
      hashes += 1;
      return cookie.keyOf(header);
    },
  };
  function signIn() {
    const secret = cookie.create();
    const fields = { person: null, groups: '', signInId: '', openedAt: 1 };
    const session = sessions.open({ ...fields, kind: 'entra', key: cookie.hashed(secret) });
    return { session, header: `${cookie.name}=${secret}` };
  }
  const lookup = createSessionLookup(counted, sessions);
  return { cookie, sessions, lookup, signIn, hashes: () => hashes };
}

describe('the session of a Cookie header', () => {
  it('is found again without a hash, for that very header alone', () => {
    const { lookup, signIn, hashes } = open();
    const [ada, grace] = [signIn(), signIn()];
    for (let time = 0; time < 3; time += 1) {
      expect(lookup.find(ada.header)).toBe(ada.session);
      expect(lookup.find(grace.header)).toBe(grace.session);
    }
    expect(hashes()).toBe(2);
    expect(lookup.find(`a=b; ${ada.header}`)).toBe(ada.session);
    expect(lookup.find(`${ada.header}; ${grace.header}`)).toBeUndefined();
    expect(lookup.find(ada.header.slice(0, -1))).toBeUndefined();
    expect(lookup.find(`${ada.header}x`)).toBeUndefined();
    expect(lookup.find(undefined)).toBeUndefined();
    expect(hashes()).toBe(6);
  });

  it('is gone when it ends, and found by nothing that was remembered', () => {
    const { sessions, lookup, signIn } = open();
    const { session, header } = signIn();
    expect(lookup.find(header)).toBe(session);
    sessions.end(session, 'signedOut');
    expect(lookup.find(header)).toBeUndefined();
  });

  it('is another one where another was opened under its key', () => {
    const { sessions, lookup, signIn } = open();
    const { session, header } = signIn();
    expect(lookup.find(header)).toBe(session);
    sessions.end(session, 'signedOut');
    const next = sessions.open({ ...session, openedAt: 2 });
    expect(lookup.find(header)).toBe(next);
  });

  it('is remembered until it is told to forget, and never for what is long', () => {
    const { lookup, signIn, hashes } = open();
    const { session, header } = signIn();
    lookup.find(header);
    lookup.forget();
    expect(lookup.find(header)).toBe(session);
    expect(hashes()).toBe(2);
    const long = `a=${'b'.repeat(5_000)}; ${header}`;
    lookup.find(long);
    expect(lookup.find(long)).toBe(session);
    expect(hashes()).toBe(4);
  });

  it('is remembered for so many only', () => {
    const { lookup, signIn, hashes } = open();
    const headers = Array.from({ length: 1_500 }, () => signIn().header);
    for (const header of headers) lookup.find(header);
    expect(lookup.find(headers[1_499])).toBeDefined();
    expect(hashes()).toBe(1_500);
    expect(lookup.find(headers[0])).toBeDefined();
    expect(hashes()).toBe(1_501);
  });
});
