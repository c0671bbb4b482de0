import { z } from 'zod';
import { permissionNames } from '../domain/permissions.ts';
import { targetKinds } from '../domain/target.ts';
import { defineEndpoint } from './endpoint.ts';
import { groupReference, mappedRole, role } from './group-mapping.ts';
import { timestamp } from './text.ts';

const settingRole = z.object({
  role,
  settingId: z.string(),
  settingName: z.string(),
  level: z.enum(targetKinds),
  targetId: z.string(),
  targetName: z.string(),
  through: z.array(groupReference),
});

export const siteRole = z.object({
  siteId: z.string(),
  siteName: z.string(),
  /** The highest role the person has anywhere at the site. */
  role,
  /** True when it holds for the whole site, false when only for some of its zones or sensors. */
  wholeSite: z.boolean(),
  /** Null when the role comes from portal access alone. */
  settings: z.array(settingRole),
});

/** Who one is, what one may do, and why. */
export const me = z.object({
  kind: z.enum(['entra', 'recovery']),
  name: z.string(),
  userPrincipalName: z.string().nullable(),
  tenantId: z.string().nullable(),
  objectId: z.string().nullable(),
  guest: z.boolean(),
  /** Where the group list came from: the token, or Graph because the token's was incomplete (R11). */
  groupsFrom: z.enum(['token', 'graph', 'none']),
  portalRole: role.nullable(),
  /** The groups of portal access that give the portal role; null without one. */
  portalRoleThrough: mappedRole.nullable(),
  /** The portal user who one is, with their role: the higher of it and the groups' is the portal role. */
  portalUser: z.object({ id: z.string(), email: z.string(), role }).nullable(),
  /** How one came in: by an access token of an SPA, by a session of a web application, or by a recovery link. */
  via: z.enum(['spa', 'web', 'recovery']),
  /** The provider that one came in by; null in a recovery session. */
  providerId: z.string().nullable(),
  sites: z.array(siteRole),
  /** Permissions that the person has somewhere; scope `target` is asked again at each target. */
  permissions: z.array(z.enum(permissionNames as [string, ...string[]])),
  /**
   * When the session ends at the latest: one that a recovery link opened then, one of a web application
   * also before (R15). Null with an access token, which the browser renews.
   */
  sessionEndsAt: timestamp.nullable(),
  /** Minutes without use after which the session of a web application ends; null for everybody else. */
  sessionIdleMinutes: z.int().nullable(),
});

export type Me = z.output<typeof me>;

export const getMe = defineEndpoint({
  method: 'GET',
  path: '/me',
  summary: 'Who one is, what one may do, and why',
  guard: 'signedIn',
  response: me,
});

/** R11: a Graph token of the same person, used once to read their groups, and dropped. */
export const putGroupEvidence = defineEndpoint({
  method: 'PUT',
  path: '/me/group-evidence',
  summary: 'Complete an incomplete group list with a Graph token of the same person',
  guard: 'identified',
  body: z.strictObject({ graphAccessToken: z.string().min(1).max(16_384) }),
});
