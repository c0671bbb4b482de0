import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attemptLifetime } from '../../domain/web-sign-in.ts';
import type { SecretBox } from '../storage/secret-box.ts';

/** What a browser carries of a sign-in that is under way. */
export const storedAttempt = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  purpose: z.enum(['signIn', 'renewal', 'verification']),
  providerId: z.string(),
  verificationId: z.string().nullable(),
  returnTo: z.string(),
  /** The session that the browser had, which ends when a new one is opened. */
  replaces: z.string().nullable(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
});

export type StoredAttempt = z.output<typeof storedAttempt>;

const prefix = '__Host-gatehouse-attempt-';
const context = 'sign-in attempt';
/** Browsers keep 4,096 bytes of a cookie, its name and attributes included. */
const longestCookie = 3_800;
/** At once in one browser: tabs that were opened together. */
const most = 5;
/** Bytes of all of them: servers refuse requests with too much in their headers. */
const mostTogether = 8_000;

// Lax and not Strict: the provider's answer is a navigation from its site to ours.
const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** The names of the cookies tell tabs apart, and nothing of the state. */
export function attemptCookie(state: string): string {
  return `${prefix}${createHash('sha256').update(state).digest('base64url').slice(0, 8)}`;
}

/** The attempt of this browser with the state, or null. Whoever changed or moved one has none. */
export function findAttempt(
  request: FastifyRequest,
  state: string,
  secrets: SecretBox,
): StoredAttempt | null {
  const name = attemptCookie(state);
  const attempt = open(cookiesOf(request)[name], secrets);
  return attempt?.state === state ? attempt : null;
}

/**
 * Ties an attempt to the browser. A page to return to with too long an address is dropped, and so
 * are the oldest of too many attempts.
 */
export function setAttempt(reply: FastifyReply, attempt: StoredAttempt, secrets: SecretBox): void {
  const sealed = (what: StoredAttempt) => secrets.seal(JSON.stringify(what), context);
  const whole = sealed(attempt);
  const value = whole.length > longestCookie ? sealed({ ...attempt, returnTo: '/' }) : whole;
  const name = attemptCookie(attempt.state);
  for (const other of outdated(reply.request, value.length, attempt.startedAt, secrets)) {
    reply.clearCookie(other, cookie);
  }
  reply.setCookie(name, value, { ...cookie, maxAge: attemptLifetime / 1000 });
}

export function clearAttempt(reply: FastifyReply, state: string): void {
  reply.clearCookie(attemptCookie(state), cookie);
}

function outdated(
  request: FastifyRequest,
  length: number,
  now: number,
  secrets: SecretBox,
): readonly string[] {
  const others = Object.entries(cookiesOf(request))
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value = '']) => ({
      name,
      length: value.length,
      startedAt: open(value, secrets)?.startedAt ?? 0,
    }))
    .sort((one, other) => other.startedAt - one.startedAt);
  let together = length;
  return others
    .filter((other, index) => {
      together += other.length;
      const expired = now - other.startedAt >= attemptLifetime;
      return expired || index >= most - 1 || together > mostTogether;
    })
    .map(({ name }) => name);
}

function cookiesOf({ headers, server }: FastifyRequest): Record<string, string | undefined> {
  return headers.cookie === undefined ? {} : server.parseCookie(headers.cookie);
}

function open(value: string | undefined, secrets: SecretBox): StoredAttempt | null {
  if (value === undefined || value.length > 2 * longestCookie) return null;
  try {
    return storedAttempt.parse(JSON.parse(secrets.unseal(value, context)));
  } catch {
    return null;
  }
}
