import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { PublicKey } from '../../contract/gate-protocol.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { fieldErrors } from '../http/schema-errors.ts';
import {
  assertionMemory,
  gateRefused,
  readAuthorization,
  requireBody,
  requireRequest,
  type Assertion,
} from './assertion.ts';
import type { Gate } from './gate.ts';
import type { GateScope, ServeGate } from './gate-call.ts';
import type { GateDirectory } from './gate-directory.ts';
import { keyOf, type IdentifyGate } from './identify-gate.ts';
import { createReplayMemory } from './replay-memory.ts';

export interface GateGuardDependencies {
  readonly identify: IdentifyGate;
  readonly directory: GateDirectory;
  readonly publicUrl: string;
  readonly now: () => Date;
  /**
   * Resolves when all gates that wait have been told of a change; undefined: they have. Requests are
   * looked at afterwards: those who were told ask and report at once, and would hold up the others.
   */
  readonly told: () => Promise<void> | undefined;
  /** The gate has used its next key: from now on it is the only one. */
  readonly promoteKey: (gate: Gate, next: PublicKey) => Promise<void>;
}

export interface GateGuard {
  /** Registers routes for gates. */
  readonly serveGate: ServeGate;
  readonly requireOnce: GateScope['requireOnce'];
}

/** How a request and its assertion go on until the body is there. */
const admitted = new WeakMap<FastifyRequest, { readonly assertion: Assertion; gate: Gate }>();

/** Far above what a gate asks: one that has gone wild must not take the turns of all others. */
const mostPerMinute = 600;

/** Guards routes with the gates' own signed assertions (docs/decisions/015-gate-assertions.md). */
export function createGateGuard(app: FastifyInstance, deps: GateGuardDependencies): GateGuard {
  const { identify, directory, publicUrl, now, told, promoteKey } = deps;
  const used = createReplayMemory(assertionMemory);
  const counts = new Map<string, number>();
  let minute = 0;

  function requireOnce(assertion: Assertion, request: FastifyRequest): void {
    const { method, url } = request;
    requireRequest(assertion, { audience: publicUrl, method, path: url, now: now() });
    if (!used.use(`${assertion.kid}${assertion.claims.jti}`, now())) {
      throw gateRefused('gate_assertion_replayed', 'The gate’s assertion has been used already.');
    }
  }

  function count(gateId: string): void {
    const current = Math.floor(now().getTime() / 60_000);
    if (current !== minute) counts.clear();
    minute = current;
    const before = counts.get(gateId) ?? 0;
    counts.set(gateId, before + 1);
    if (before < mostPerMinute) return;
    throw new ProblemError(429, 'too_many_requests', 'Too many requests. Wait 60 s.', {
      headers: { 'retry-after': '60' },
    });
  }

  async function admit(request: FastifyRequest): Promise<void> {
    const assertion = readAuthorization(request.headers.authorization);
    const gate = await identify(assertion, request);
    count(gate.id);
    requireOnce(assertion, request);
    const key = keyOf(gate, assertion.kid);
    if (key !== null && key.kid !== gate.publicKey.kid) await promoteKey(gate, key);
    directory.seen(gate.id);
    admitted.set(request, { assertion, gate });
  }

  const serveGate: ServeGate = (route, handler) => {
    app.route({
      method: route.method,
      url: route.url,
      exposeHeadRoute: false,
      config: { guard: 'gate' },
      bodyLimit: route.bodyLimit ?? 64 * 1024,
      onRequest: async (request) => {
        const telling = told();
        if (telling !== undefined) await telling;
        await admit(request);
      },
      handler: async (request, reply) => {
        const known = admitted.get(request);
        if (known === undefined) throw new Error(`${request.url} was reached without its guard`);
        const { assertion, gate } = known;
        const bytes = Buffer.isBuffer(request.body) ? request.body : null;
        requireBody(assertion, bytes);
        const body = parseBody(route.body, bytes);
        return answer(reply, await handler({ gate, body: body as never, request, reply }));
      },
    });
  };
  return { serveGate, requireOnce };
}

export function answer(reply: FastifyReply, value: unknown): FastifyReply {
  if (reply.sent || value === reply) return reply;
  if (value === undefined) return reply.code(204).send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(value));
}

/** Throws ProblemError 400 with the fields that are wrong. */
export function parseBody(schema: z.ZodType | undefined, body: Buffer | null): unknown {
  if (schema === undefined) return undefined;
  const { success, data, error } = schema.safeParse(parsed(body));
  if (success) return data;
  const errors = fieldErrors(error);
  throw new ProblemError(400, 'invalid_request', 'The request isn’t right.', { errors });
}

function parsed(body: Buffer | null): unknown {
  try {
    return JSON.parse((body ?? '').toString()) as unknown;
  } catch (cause) {
    throw new ProblemError(400, 'invalid_json', 'The body is not JSON.', { cause });
  }
}
