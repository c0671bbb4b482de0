import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Assertion } from './assertion.ts';
import type { Gate } from './gate.ts';

/** What a handler under /gate/v1 gets. The body has passed its schema. */
export interface GateCall<Body> {
  /** Whose assertion the request carries. */
  readonly gate: Gate;
  readonly body: Body;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface GateRoute<Body extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Absent: the request has no body. */
  readonly body?: Body;
  /** The most bytes of a body: 64 kB. */
  readonly bodyLimit?: number;
}

/**
 * Registers a route for gates: it is reached with a good assertion only. What the handler gives is
 * sent as JSON; undefined: 204, unless it has replied itself.
 */
export type ServeGate = <Body extends z.ZodType>(
  route: GateRoute<Body>,
  handler: (call: GateCall<z.output<Body>>) => unknown,
) => void;

/** For routes that judge assertions themselves. */
export interface GateScope {
  /** Bodies arrive as they were sent, in bytes. */
  readonly app: FastifyInstance;
  /**
   * Throws ProblemError 401 unless the assertion is for this request and wasn't used before. Whose
   * it is, and whether the body is the right one, is the caller's to ask.
   */
  readonly requireOnce: (assertion: Assertion, request: FastifyRequest) => void;
}

/** Routes for gates: composed by gates.ts. */
export type GateRoutes = (serveGate: ServeGate, scope: GateScope) => void;
