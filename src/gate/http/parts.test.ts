import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEnd } from '../../domain/session-policy.ts';
import { createAttemptLimit } from './attempts.ts';
import { certificateProblem } from './certificate-problem.ts';
import { readConsoleHeaders } from './console-headers.ts';
import { packGroups, unpackGroups } from './packed-groups.ts';
import type { GateSession } from './session.ts';
import { consoleCookies, createSessionCookie, isOwn } from './session-cookie.ts';
import { createSessionStore } from './session-store.ts';
import { consoleAddress, isOwnTarget } from './targets.ts';

describe('packed groups', () => {
  it('are the groups again, lower-cased; what no mapping can name is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid()), fc.array(fc.string()), (ids, others) => {
        const odd = others.filter((text) => !/^[0-9a-f-]{36}$/iu.test(text));
        const packed = packGroups([...ids.map((id) => id.toUpperCase()), ...odd]);
        expect([...unpackGroups(packed)]).toEqual([...new Set(ids)]);
      }),
    );
  });
});

describe('the session cookie', () => {
  it('is read from among others, and only by the gate that made it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.array(fc.stringMatching(/^[a-z]+=[a-z]*$/u)),
        (gateId, other, more) => {
          fc.pre(gateId !== other);
          const cookie = createSessionCookie(gateId);
          const secret = cookie.create();
          const header = [...more, `${cookie.name}=${secret}`, ...more].join('; ');
          expect(cookie.keyOf(header)).toBe(cookie.hashed(secret));
          const foreign = createSessionCookie(other);
          expect(foreign.keyOf(header)).toBeNull();
          expect(foreign.keyOf(`${foreign.name}=${secret}`)).toBeNull();
          expect(consoleCookies(header) ?? '').not.toContain(secret);
        },
      ),
    );
  });
});

describe('a session cookie that somebody else has a hand in', () => {
  const cookie = createSessionCookie('gate');
  const secret = cookie.create();
  const own = `${cookie.name}=${secret}`;

  it.each([`t=a ${own}`, `t=a\t${own}`, `t=${own}`, `t="; ${cookie.name}x"=${own}`, `t=a,${own}`])(
    'is none within the value of another: %j',
    (header) => {
      expect(cookie.keyOf(header)).toBeNull();
    },
  );

  it.each([`t=${cookie.name}=1; ${own}`, `${own}; t=a ${cookie.name}=1`, `t=1;\t ${own};u=${own}`])(
    'counts in spite of what another one says: %j',
    (header) => {
      expect(cookie.keyOf(header)).toBe(cookie.hashed(secret));
    },
  );

  it.each([`${own}; ${own}`, `${own}; ${cookie.name}=1`, `${cookie.name}=1;${own}`])(
    'counts for nothing where there are two: %j',
    (header) => {
      expect(cookie.keyOf(header)).toBeNull();
    },
  );

  it.each([`${own}; Path=/`, ` ${own}`, own.toLowerCase(), `=${own}`, ` = ${own}`, `\t=\t${own}`])(
    'is no cookie of the console’s: %j',
    (value) => {
      expect(isOwn(value)).toBe(true);
    },
  );
});

describe('targets', () => {
  const target = fc
    .array(
      fc.constantFrom(
        '/',
        '.',
        '..',
        '_gatehouse',
        '%2e',
        '\\',
        'a',
        '?',
        'evil.example',
        ':',
        '@',
      ),
    )
    .map((parts) => `/${parts.join('')}`);

  it('lead back into the console of this origin, and never to the gate’s own pages', () => {
    fc.assert(
      fc.property(target, (text) => {
        const { origin, pathname } = new URL(consoleAddress(text), 'https://gate.example');
        expect([origin, isOwnTarget(pathname)]).toEqual(['https://gate.example', false]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('repeat nothing that changes something: a sign-in that leads there would vouch for it', () => {
    expect(consoleAddress('/flows?a=1&_method=DELETE')).toBe('/');
    expect(consoleAddress('/flows?a=1&_method=get')).toBe('/flows?a=1&_method=get');
  });
});

describe('attempts of an address', () => {
  it('are counted each minute, and each address by itself', () => {
    let now = 0;
    const count = createAttemptLimit(2, () => now);
    const codes = (address: string) => {
      try {
        count(address);
        return null;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(['a', 'a', 'a', 'b'].map(codes)).toEqual([null, null, 'too_many_requests', null]);
    now += 60_000;
    expect(codes('a')).toBeNull();
  });
});

describe('the sessions of a gate', () => {
  it('are so many at most: whoever was away for longest makes room', () => {
    const ended: [string, SessionEnd][] = [];
    const store = createSessionStore({
      sessions: [],
      most: 3,
      onOpened: () => undefined,
      onEnded: (session, reason) => void ended.push([session.key, reason]),
    });
    const opened = ['a', 'b', 'c'].map((key, at) => store.open(sample(key, at)));
    const [first] = opened;
    if (first !== undefined) first.lastUsedAt = 9;
    store.open(sample('d', 3));
    expect([store.size, ended, store.endOf('b')]).toEqual([3, [['b', 'idle']], 'idle']);
  });

  function sample(key: string, openedAt: number): Omit<GateSession, 'id' | 'lastUsedAt'> {
    return { key, kind: 'recovery', person: null, groups: '', signInId: '', openedAt };
  }
});

describe('headers for other consoles', () => {
  it('are read with the console’s words for roles', () => {
    const [user, role] = readConsoleHeaders(
      'X-WEBAUTH-USER=user,X-WEBAUTH-ROLE=role(admin=Grafana Admin, readOnly=Viewer)',
    );
    expect(user).toEqual({ name: 'X-WEBAUTH-USER', field: 'user', values: null });
    expect(role?.values).toEqual(
      new Map([
        ['admin', 'Grafana Admin'],
        ['readOnly', 'Viewer'],
      ]),
    );
  });

  it.each([
    'X-User',
    'X-User=',
    'X-User=password',
    'X User=user',
    'X_User=user',
    'X-User=user(admin=a)',
    'X-Role=role(owner=a)',
    'X-Role=role(admin=)',
    'X-Role=role(admin=a',
    'X-Role=role)',
    'X-User=user,,X-Name=name',
    'X-User=user,x-user=name',
    'Cookie=user',
    'Content-Length=user',
    'Transfer-Encoding=user',
    'X-Gatehouse-Role=role',
    'X-Role=role(admin=a\r\nX: y)',
  ])('%j is refused', (value) => {
    expect(() => readConsoleHeaders(value)).toThrow(/\S/u);
  });
});

describe('a certificate', () => {
  const day = 86_400_000;
  it.each([
    [null, null],
    [40 * day, null],
    [10 * day, 'expires in 10 days'],
    [day, 'expires in 1 day'],
    [day / 2, 'expires today'],
    [0, 'has expired'],
  ])('with %j ms left: %s', (left, words) => {
    const said = certificateProblem(left === null ? null : new Date(1e12 + left), 1e12);
    if (words === null) expect(said).toBeNull();
    else expect(said).toContain(words);
  });
});
