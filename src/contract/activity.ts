import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { role } from './group-mapping.ts';
import { timestamp } from './text.ts';

const actor = z.object({
  kind: z.enum(['entra', 'recovery', 'system', 'gate']),
  name: z.string(),
  objectId: z.string().nullable(),
});

export const signIn = z.object({
  id: z.string(),
  at: timestamp,
  actor,
  address: z.string().nullable(),
  outcome: z.enum(['succeeded', 'refused']),
  /** The refusal's code; null when it succeeded. */
  code: z.string().nullable(),
  portalRole: role.nullable(),
  /** Where it was: null at the portal itself. */
  sensor: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The role at that sensor. */
  sensorRole: role.nullable(),
  /** What they came in by, as it was called then; null at gates, and in a recovery session. */
  provider: z.object({ id: z.string(), name: z.string() }).nullable(),
});

export type SignIn = z.output<typeof signIn>;

export const auditEvent = z.object({
  sequence: z.number().int(),
  at: timestamp,
  actor,
  address: z.string().nullable(),
  /** A verb and its noun, such as `ssoSetting.created`. */
  action: z.string(),
  outcome: z.enum(['succeeded', 'refused']),
  /** What it was done to, in words. */
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** SHA-256 of the entry and the hash before it: a chain (R18). */
  hash: z.string(),
});

export type AuditEvent = z.output<typeof auditEvent>;

const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the answer before. */
  before: z.string().max(100).optional(),
});

export const listSignIns = defineEndpoint({
  method: 'GET',
  path: '/sign-ins',
  summary: 'Sign-ins at the portal and at gates, newest first',
  guard: 'activity.view',
  query: page,
  response: z.object({ signIns: z.array(signIn), next: z.string().nullable() }),
});

export const listAuditEvents = defineEndpoint({
  method: 'GET',
  path: '/audit-events',
  summary: 'Changes and refusals, newest first',
  guard: 'activity.view',
  query: page,
  response: z.object({ events: z.array(auditEvent), next: z.string().nullable() }),
});
