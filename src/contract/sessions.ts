import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { role } from './group-mapping.ts';
import { guid, timestamp } from './text.ts';

/** A session at a gate, as the gate reported it. */
export const gateSession = z.object({
  id: z.string(),
  sensorId: z.string(),
  sensorName: z.string(),
  siteName: z.string(),
  person: z.object({ name: z.string(), tenantId: z.string(), objectId: z.string() }),
  /** The role that the sign-in gave; the gate asks again for each request. */
  role: role.nullable(),
  address: z.string().nullable(),
  openedAt: timestamp,
  /** Not ended by its gate yet. */
  ending: z.boolean(),
  /** May the asker end it? */
  mayEnd: z.boolean(),
});

export type GateSession = z.output<typeof gateSession>;

export const listSessions = defineEndpoint({
  method: 'GET',
  path: '/sessions',
  summary: 'Open sessions at gates, newest first, where the asker may see them',
  guard: 'session.view',
  response: z.object({ sessions: z.array(gateSession), total: z.number().int() }),
});

/** Why a session at the portal is over: `details.reason` of the problem `session_ended`. */
export const portalSessionEnds = [
  'signedOut',
  /** At Microsoft, or in another application (front-channel logout). */
  'signedOutElsewhere',
  /** Nothing was asked for as long as the security settings allow (R15). */
  'idle',
  'total',
  'administrator',
  /** Microsoft doesn’t vouch for the person any more: disabled, revoked, password changed. */
  'entraRefused',
  /** Nobody can ask Microsoft whether it still does: it gave no refresh token. */
  'unconfirmed',
  'providerRetired',
  /** By a new sign-in of the same browser. */
  'replaced',
  /** There is no such session, or not any more. */
  'unknown',
] as const;

export type PortalSessionEnd = (typeof portalSessionEnds)[number];

/** A session at the portal itself, opened by a web-application provider. */
export const portalSession = z.object({
  id: z.string(),
  person: z.object({ name: z.string(), tenantId: z.string(), objectId: z.string() }),
  providerName: z.string(),
  address: z.string().nullable(),
  openedAt: timestamp,
  lastSeenAt: timestamp,
  /** The asker's own. */
  yours: z.boolean(),
});

export type PortalSession = z.output<typeof portalSession>;

export const listPortalSessions = defineEndpoint({
  method: 'GET',
  path: '/portal-sessions',
  summary:
    'Open sessions at the portal itself, newest first: all of them for portal Admins, else one’s own',
  guard: 'signedIn',
  response: z.object({ sessions: z.array(portalSession), total: z.number().int() }),
});

export const endPortalSession = defineEndpoint({
  method: 'DELETE',
  path: '/portal-sessions/:sessionId',
  summary: 'End a session at the portal: one’s own, or anybody’s as portal Admin',
  guard: 'signedIn',
  params: z.object({ sessionId: z.string().max(100) }),
});

export const endSession = defineEndpoint({
  method: 'DELETE',
  path: '/sessions/:sessionId',
  summary: 'End a session at a gate',
  guard: 'session.end',
  params: z.object({ sessionId: z.string().max(100) }),
});

export const endSessionsOf = defineEndpoint({
  method: 'POST',
  path: '/session-revocations',
  summary:
    'End every session that a person has at gates where the asker is Admin, and at the portal for portal Admins',
  guard: 'session.end',
  body: z.strictObject({ tenantId: guid, objectId: guid }),
  response: z.object({ ended: z.number().int() }),
});
