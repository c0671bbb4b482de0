import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';
import { ProblemError } from '../../server/problem-error.ts';

/** So many a minute. */
export interface Limits {
  /**
   * Requests of a person. `GET /me` isn't among them: it is answered from memory, to good tokens
   * only, and refusing it would cost as much as answering it.
   */
  readonly person: number;
  /** Credentials that were refused, by address. Good ones from there still get in. */
  readonly failures: number;
  /** Requests to what is open to everybody, and those with a recovery cookie, by address. */
  readonly open: number;
  /** Attempts at a recovery link, by address. */
  readonly recovery: number;
}

export const defaultLimits: Limits = { person: 1_200, failures: 120, open: 1_200, recovery: 20 };

export interface RequestLimits {
  readonly countFailure: (request: FastifyRequest) => Promise<void>;
  readonly countPerson: (request: FastifyRequest, principal: Principal) => Promise<void>;
  readonly countOpen: (request: FastifyRequest) => Promise<void>;
  readonly countRecovery: (request: FastifyRequest) => Promise<void>;
}

/** Registers @fastify/rate-limit and makes the limits of it. Counted in memory, by each instance. */
export async function createRequestLimits(
  app: FastifyInstance,
  limits: Limits,
): Promise<RequestLimits> {
  await app.register(rateLimit, { global: false });
  const timeWindow = 60_000;
  const byAddress = (max: number) => app.createRateLimit({ max, timeWindow });
  const failures = byAddress(limits.failures);
  const open = byAddress(limits.open);
  const recovery = byAddress(limits.recovery);
  const people = new WeakMap<FastifyRequest, string>();
  const person = app.createRateLimit({
    max: limits.person,
    timeWindow,
    keyGenerator: (request) => people.get(request) ?? request.ip,
  });
  type Check = typeof failures;

  async function require(check: Check, request: FastifyRequest): Promise<void> {
    const answer = await check(request);
    if (!answer.isAllowed && answer.isExceeded) throw tooMany(answer.ttlInSeconds);
  }

  return {
    countFailure: (request) => require(failures, request),
    countOpen: (request) => require(open, request),
    countRecovery: (request) => require(recovery, request),
    async countPerson(request, principal) {
      people.set(request, personKey(principal));
      await require(person, request);
    },
  };
}

function personKey(principal: Principal): string {
  return principal.kind === 'entra'
    ? `${principal.tenantId}/${principal.objectId}`
    : `recovery/${principal.sessionEndsAt.getTime()}`;
}

function tooMany(seconds: number): ProblemError {
  return new ProblemError(429, 'too_many_requests', `Too many requests. Wait ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });
}
