import { z } from 'zod';
import { sessionEnds } from '../domain/session-policy.ts';
import { heldTag } from './gate-protocol.ts';
import { role } from './group-mapping.ts';
import { guid, timestamp } from './text.ts';

export const checkResult = z.object({
  /** What was tried. */
  target: z.enum(['login', 'graph', 'portal']),
  /** Host and port. */
  address: z.string().max(300),
  step: z.enum(['dns', 'tcp', 'proxy', 'tls', 'http', 'clock']),
  outcome: z.enum(['passed', 'failed']),
  /** A stable code of what is wrong, such as `tls_inspected`; null where it passed. */
  code: z.string().max(60).nullable(),
  /** In words, for people. */
  detail: z.string().max(1000),
  milliseconds: z.number().min(0).max(600_000).nullable(),
});

export type CheckResult = z.output<typeof checkResult>;

const person = z.strictObject({
  tenantId: guid,
  objectId: guid,
  name: z.string().max(300),
  userPrincipalName: z.string().max(300),
});

const eventBase = { sequence: z.number().int().min(1), at: timestamp };

/** What happened at a gate: queued there, and taken exactly once, in order. */
export const gateEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...eventBase,
    kind: z.literal('signIn'),
    person,
    address: z.string().max(100).nullable(),
    outcome: z.enum(['succeeded', 'refused']),
    /** The refusal's code. */
    code: z.string().max(60).nullable(),
    role: role.nullable(),
    sessionId: z.string().max(100).nullable(),
  }),
  z.strictObject({
    ...eventBase,
    kind: z.literal('sessionEnded'),
    sessionId: z.string().max(100),
    reason: z.enum(sessionEnds),
  }),
  z.strictObject({
    ...eventBase,
    kind: z.literal('accessRefused'),
    person,
    address: z.string().max(100).nullable(),
    /** `console_refused` and the like. */
    code: z.string().max(60),
    method: z.string().max(20),
    /** Without the query, which can carry secrets. */
    path: z.string().max(500),
  }),
  z.strictObject({
    ...eventBase,
    kind: z.literal('recovery'),
    step: z.enum(['linkMade', 'sessionOpened', 'sessionClosed']),
    address: z.string().max(100).nullable(),
  }),
  z.strictObject({
    ...eventBase,
    kind: z.literal('eventsLost'),
    /** How many couldn't be kept, and why: a full disk stops nobody. */
    count: z.number().int().min(1),
    reason: z.string().max(200),
  }),
  z.strictObject({
    ...eventBase,
    kind: z.literal('bundleRefused'),
    code: z.string().max(60),
    detail: z.string().max(500),
  }),
]);

export type GateEvent = z.output<typeof gateEvent>;

export const gateReport = z.strictObject({
  software: z.string().max(50),
  origin: z.string().max(300),
  /** Which queue the sequence numbers belong to: a gate whose disk was lost starts another. */
  queue: guid,
  /**
   * The oldest event that the gate still has. What the portal has no trace of before it is lost for
   * good; without this the portal waits for what is missing.
   */
  oldest: z.number().int().min(1).optional(),
  /** The bundle that it holds; null: none. */
  applied: z.object({ number: z.number().int(), tag: heldTag }).nullable(),
  /** The last that it couldn't apply, and hasn't since. */
  failed: z
    .object({
      /** The tag that came with it, where it had one. */
      tag: z.string().max(100).nullable(),
      code: z.string().max(60),
      detail: z.string().max(500),
    })
    .nullable(),
  /** What else goes wrong there at the moment, and stops nobody: a full disk. Absent: nothing. */
  trouble: z.object({ code: z.string().max(60), detail: z.string().max(500) }).optional(),
  /** Milliseconds that the gate's clock is ahead of the portal's, as it measured last. */
  clockOffset: z.number().int().nullable(),
  /** Absent: as before. */
  checks: z.array(checkResult).max(40).optional(),
  /** When its certificate expires; null: it serves none. There is no year 0. */
  certificateExpiresAt: timestamp.regex(/^(?!0000)/u).nullable(),
  openSessions: z.number().int().min(0),
  events: z.array(gateEvent).max(500),
});

export type GateReport = z.output<typeof gateReport>;

export const reportAnswer = z.object({
  /** Every event up to this sequence number has been stored. */
  acknowledged: z.number().int().min(0),
  /** The portal's time, for the gate to compare its clock with. */
  now: timestamp,
});
