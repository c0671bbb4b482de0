/** How long sessions at gates last, and how long a gate may go on without its portal (R15, R16). */
export interface SessionPolicy {
  /** Minutes without a request after which a session ends. */
  readonly idleMinutes: number;
  /** Minutes after which it ends in any case. */
  readonly totalMinutes: number;
  /** Days that a bundle is good for from its issue. */
  readonly bundleDays: number;
}

export const defaultSessionPolicy: SessionPolicy = {
  idleMinutes: 30,
  totalMinutes: 480,
  bundleDays: 30,
};

/** The least and the most of each. */
export const sessionPolicyBounds = {
  idleMinutes: { least: 5, most: 240 },
  totalMinutes: { least: 15, most: 1440 },
  bundleDays: { least: 1, most: 90 },
} as const satisfies Record<keyof SessionPolicy, { least: number; most: number }>;

export interface SessionTimes {
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly lastUsedAt: number;
}

/** Why a session is over by now, or null while it goes on (R15). A clock that was set back ends nothing. */
export function sessionOver(
  { openedAt, lastUsedAt }: SessionTimes,
  policy: Pick<SessionPolicy, 'idleMinutes' | 'totalMinutes'>,
  now: number,
): 'idle' | 'total' | null {
  if (now >= latestEnd(openedAt, policy)) return 'total';
  if (now - lastUsedAt >= policy.idleMinutes * 60_000) return 'idle';
  return null;
}

/** When a session ends however much it is used, in milliseconds since 1970 (R15). */
export function latestEnd(openedAt: number, policy: Pick<SessionPolicy, 'totalMinutes'>): number {
  return openedAt + policy.totalMinutes * 60_000;
}

/** What ends a session at a gate. */
export const sessionEnds = ['signedOut', 'idle', 'total', 'revoked', 'roleLost'] as const;
export type SessionEnd = (typeof sessionEnds)[number];

/** Ends sessions at gates before their time: one of them, or all that a person opened until then. */
export type Revocation =
  | { readonly kind: 'session'; readonly sessionId: string }
  | {
      readonly kind: 'person';
      readonly tenantId: string;
      readonly objectId: string;
      /** Milliseconds since 1970: sessions opened up to then are over. */
      readonly until: number;
    };

export interface RevocableSession {
  readonly sessionId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly openedAt: number;
}

/** Is the session ended by one of these? */
export function isRevoked(session: RevocableSession, revocations: readonly Revocation[]): boolean {
  return revocations.some((one) =>
    one.kind === 'session'
      ? one.sessionId === session.sessionId
      : one.tenantId === session.tenantId &&
        one.objectId === session.objectId &&
        session.openedAt <= one.until,
  );
}

/**
 * The same for many sessions: a gate judges all that are open with each bundle, and a bundle can have
 * 10,000 revocations.
 */
export function revocationIndex(
  revocations: readonly Revocation[],
): (session: RevocableSession) => boolean {
  const sessions = new Set<string>();
  const persons = new Map<string, number>();
  for (const one of revocations) {
    if (one.kind === 'session') sessions.add(one.sessionId);
    else {
      const person = personKey(one);
      persons.set(person, Math.max(one.until, persons.get(person) ?? -Infinity));
    }
  }
  return (session) =>
    sessions.has(session.sessionId) ||
    session.openedAt <= (persons.get(personKey(session)) ?? -Infinity);
}

function personKey(person: { readonly tenantId: string; readonly objectId: string }): string {
  return JSON.stringify([person.tenantId, person.objectId]);
}
