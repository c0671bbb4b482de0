import { z } from 'zod';
import { refusals } from '../domain/refusal.ts';
import { sessionEnds } from '../domain/session-policy.ts';
import { targetKinds } from '../domain/target.ts';
import { consoleRules } from './console-rules.ts';
import { defineEndpoint } from './endpoint.ts';
import { groupReference, role } from './group-mapping.ts';
import { timestamp } from './text.ts';

/** Everything of a gate's own lives below; the rest of its address space is the console's. */
export const gatePageRoot = '/_gatehouse/';
export const gateApiRoot = '/_gatehouse/api';

/** Search parameter of the sign-in page: the page that was asked for first. */
export const returnParameter = 'return';

const sensor = z.object({
  id: z.string(),
  name: z.string(),
  siteName: z.string(),
  zoneName: z.string(),
  subscriptionName: z.string(),
  version: z.string(),
});

/** What anybody may know of a gate before signing in: whether that can work, and why not. */
export const gateStatus = z.object({
  /** Null until the first bundle. */
  sensor: sensor.nullable(),
  /** Null: people can sign in. Else why they can't, whoever they are. */
  refusal: z
    .object({ code: z.enum(Object.keys(refusals) as [string, ...string[]]), detail: z.string() })
    .nullable(),
  portal: z.object({
    url: z.string(),
    reachable: z.boolean(),
    /** Since when it isn't; null while it is. */
    unreachableSince: timestamp.nullable(),
  }),
  /** Until when the gate goes on without its portal. */
  bundleExpiresAt: timestamp.nullable(),
  /** When the portal signed the settings in force. */
  bundleIssuedAt: timestamp.nullable().optional(),
  entra: z.object({
    loginUrl: z.string().nullable(),
    /** Null: not tried yet. */
    reachable: z.boolean().nullable(),
    unreachableSince: timestamp.nullable(),
    /** Why, in words; null while it is reachable. */
    reason: z.string().nullable(),
  }),
  /** How far the clock is off, in words; null while it is right, or nothing is known of it. */
  clock: z.string().nullable(),
  /** What is wrong with the gate's own certificate, or soon will be, in words; null while it is all right. */
  certificate: z.string().nullable().optional(),
});

export type GateStatus = z.output<typeof gateStatus>;

/** The session of whoever asks. */
export const gateSessionAnswer = z.object({
  kind: z.enum(['entra', 'recovery']),
  name: z.string(),
  userPrincipalName: z.string().nullable(),
  role,
  /** The setting that gives the role, and through which groups; null in a recovery session. */
  through: z
    .object({
      settingName: z.string(),
      level: z.enum(targetKinds),
      groups: z.array(groupReference),
    })
    .nullable(),
  openedAt: timestamp,
  /** When it ends in any case. */
  endsAt: timestamp,
  /** Minutes without a request after which it ends; null: it doesn't. */
  idleMinutes: z.number().int().nullable(),
  consoleRules,
});

export type GateSessionAnswer = z.output<typeof gateSessionAnswer>;

export const getGateStatus = defineEndpoint({
  method: 'GET',
  path: '/status',
  summary: 'Whether people can sign in at this gate',
  guard: 'public',
  response: gateStatus,
});

export const getGateSession = defineEndpoint({
  method: 'GET',
  path: '/session',
  summary: 'The session of whoever asks; null without one',
  guard: 'public',
  query: z.strictObject({
    /** `person`: they load the page or click in it, which counts as use (R15). `page`: it looks by itself. */
    by: z.enum(['page', 'person']).default('page'),
  }),
  response: z.object({
    session: gateSessionAnswer.nullable(),
    /** Why the last one is over, where its cookie is still there; `unknown`: not remembered. */
    ended: z.enum([...sessionEnds, 'unknown']).nullable(),
  }),
});

/**
 * Opens a session by the access token in `Authorization`. `graphAccessToken`: a Graph token of the
 * same person, where the answer was `groups_incomplete` (R11); used once, and dropped.
 */
export const openGateSession = defineEndpoint({
  method: 'POST',
  path: '/session',
  summary: 'Open a session by an access token',
  guard: 'public',
  body: z.strictObject({ graphAccessToken: z.string().min(1).max(16_384).optional() }),
  response: gateSessionAnswer,
});

export const closeGateSession = defineEndpoint({
  method: 'DELETE',
  path: '/session',
  summary: 'End one’s own session',
  guard: 'public',
});

/** R17, at the gate: the link that `gatehouse gate recover` printed. */
export const openGateRecovery = defineEndpoint({
  method: 'POST',
  path: '/recovery-session',
  summary: 'Open a recovery session by a link',
  guard: 'public',
  body: z.strictObject({ token: z.string().min(20).max(200) }),
  response: gateSessionAnswer,
});
