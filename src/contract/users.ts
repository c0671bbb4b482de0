import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { role } from './group-mapping.ts';
import { line, timestamp } from './text.ts';

/** An address: form only (RFC 5321 lengths); whether it exists shows when an invitation arrives. */
export const email = z
  .string()
  .trim()
  .max(254, 'must have at most 254 characters')
  .pipe(z.email('must be an e-mail address, such as ada.verhaegen@example.com'));

export const portalUser = z.object({
  id: z.string(),
  revision: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  /** `invited`: not linked yet. */
  status: z.enum(['invited', 'active', 'disabled']),
  /** The Microsoft identity that is linked: from then on it alone counts (R13). */
  linked: z
    .object({
      tenantId: z.string(),
      objectId: z.string(),
      at: timestamp,
      /** The address that Microsoft told last, where it is another one by now. */
      changedEmail: z.string().nullable(),
    })
    .nullable(),
  invitation: z
    .object({
      state: z.enum(['open', 'expired', 'revoked']),
      expiresAt: timestamp,
      /** `sent`, or why the mail didn't go; null where no SMTP server is configured. */
      mail: z.string().nullable(),
    })
    .nullable(),
  createdAt: timestamp,
  createdBy: z.string(),
  lastSignInAt: timestamp.nullable(),
  /** It is the asker: nobody changes their own role. */
  you: z.boolean(),
});

export type PortalUser = z.output<typeof portalUser>;

const userId = z.object({ userId: z.string().max(100) });

export const listUsers = defineEndpoint({
  method: 'GET',
  path: '/users',
  summary: 'Portal users, by name',
  guard: 'user.view',
  response: z.object({ users: z.array(portalUser) }),
});

export const getUser = defineEndpoint({
  method: 'GET',
  path: '/users/:userId',
  summary: 'A portal user',
  guard: 'user.view',
  params: userId,
  response: portalUser,
  revision: 'answers',
});

const invited = z.object({
  user: portalUser,
  /** Shown once: only its hash is kept. */
  invitationLink: z.string(),
});

export const inviteUser = defineEndpoint({
  method: 'POST',
  path: '/users',
  summary: 'Invite somebody: a link that is good for 7 days',
  guard: 'user.edit',
  stepUp: true,
  body: z.strictObject({ name: line(120), email, role }),
  response: invited,
});

export const changeUser = defineEndpoint({
  method: 'PUT',
  path: '/users/:userId',
  summary: 'Change the name, the role, or whether somebody may sign in',
  guard: 'user.edit',
  stepUp: true,
  params: userId,
  body: z.strictObject({ name: line(120), role, disabled: z.boolean() }),
  response: portalUser,
  revision: 'requires',
});

export const deleteUser = defineEndpoint({
  method: 'DELETE',
  path: '/users/:userId',
  summary: 'Delete a portal user',
  guard: 'user.edit',
  stepUp: true,
  params: userId,
});

export const resendInvitation = defineEndpoint({
  method: 'POST',
  path: '/users/:userId/invitation',
  summary: 'Make another invitation link; the one before is no good any more',
  guard: 'user.edit',
  stepUp: true,
  params: userId,
  response: invited,
});

export const revokeInvitation = defineEndpoint({
  method: 'DELETE',
  path: '/users/:userId/invitation',
  summary: 'Revoke an invitation',
  guard: 'user.edit',
  stepUp: true,
  params: userId,
});

/** What the link of an invitation leads to. */
export const lookUpInvitation = defineEndpoint({
  method: 'POST',
  path: '/invitations/look-up',
  summary: 'Whose invitation a link is, and whether it is still good',
  guard: 'public',
  body: z.strictObject({ token: z.string().max(200) }),
  response: z.object({
    state: z.enum(['open', 'used', 'expired', 'revoked']),
    name: z.string(),
    email: z.string(),
    role,
    expiresAt: timestamp,
  }),
});
