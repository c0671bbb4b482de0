import { LRUCache } from 'lru-cache';
import type { SessionEnd } from '../../domain/session-policy.ts';
import type { Role } from '../../domain/role.ts';
import type { GateContext, NewGateEvent } from '../in-force.ts';
import type { GatePerson, GateSession } from './session.ts';

/** What the portal is told of what happens here (R18). */
export interface GateEvents {
  signedIn(session: GateSession, role: Role, address: string): void;
  /** Once for each sign-in and reason. */
  signInRefused(person: GatePerson, signInId: string, code: string, address: string): void;
  sessionEnded(session: GateSession, reason: SessionEnd): void;
  /** At most once a minute for each session, method and path. */
  accessRefused(
    session: GateSession,
    request: { readonly method: string; readonly target: string; readonly address: string },
    code: string,
  ): void;
  recovery(step: 'sessionOpened' | 'sessionClosed', address: string | null): void;
}

export function createGateEvents(
  context: Pick<GateContext, 'record'>,
  now: () => number,
): GateEvents {
  const refusedSignIns = new LRUCache<string, true>({ max: 1_000 });
  const refusedRequests = new LRUCache<string, number>({ max: 1_000 });

  return {
    signedIn({ id, person }, role, address) {
      if (person === null) return;
      context.record({
        kind: 'signIn',
        person: shortened(person),
        address: text(address, 100),
        outcome: 'succeeded',
        code: null,
        role,
        sessionId: id,
      });
    },
    signInRefused(person, signInId, code, address) {
      const key = `${person.tenantId}/${person.objectId}/${signInId}/${code}`;
      if (refusedSignIns.has(key)) return;
      refusedSignIns.set(key, true);
      context.record({
        kind: 'signIn',
        person: shortened(person),
        address: text(address, 100),
        outcome: 'refused',
        code,
        role: null,
        sessionId: null,
      });
    },
    sessionEnded({ id, kind }, reason) {
      const event: NewGateEvent =
        kind === 'recovery'
          ? { kind: 'recovery', step: 'sessionClosed', address: null }
          : { kind: 'sessionEnded', sessionId: id, reason };
      context.record(event);
    },
    accessRefused({ id, person }, { method, target, address }, code) {
      if (person === null) return;
      // Without the query, which can carry secrets.
      const path = text(target.split(/[?#]/u, 1)[0] ?? '', 500);
      const key = `${id} ${method} ${path}`;
      const before = refusedRequests.get(key);
      if (before !== undefined && Math.abs(now() - before) < 60_000) return;
      refusedRequests.set(key, now());
      context.record({
        kind: 'accessRefused',
        person: shortened(person),
        address: text(address, 100),
        code,
        method: text(method, 20),
        path,
      });
    },
    recovery: (step, address) => context.record({ kind: 'recovery', step, address }),
  };
}

function shortened(person: GatePerson): GatePerson {
  return {
    tenantId: person.tenantId,
    objectId: person.objectId,
    name: text(person.name, 300),
    userPrincipalName: text(person.userPrincipalName, 300),
  };
}

function text(value: string, most: number): string {
  return value.length > most ? value.slice(0, most) : value;
}
