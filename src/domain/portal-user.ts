import { emailKey } from './email-key.ts';
import { atLeast, type Role } from './role.ts';

/** Somebody whom Microsoft has identified. */
export interface IdentifiedPerson {
  readonly tenantId: string;
  readonly objectId: string;
  /** An address that their tenant answers for; null: none. */
  readonly verifiedEmail: string | null;
}

/** Portal users, as far as it matters who somebody is. */
export interface PeopleKnown {
  /** Linked ones, by identityKey. */
  readonly users: ReadonlyMap<
    string,
    { readonly id: string; readonly email: string; readonly changedEmail: string | null }
  >;
  /** By emailKey: those who aren't linked. `expiresAt` null: revoked. */
  readonly invitations: ReadonlyMap<
    string,
    { readonly userId: string; readonly expiresAt: number | null }
  >;
  /** By emailKey: the ids of those who are. */
  readonly linkedAddresses: ReadonlyMap<string, string>;
}

/** What a sign-in tells that isn't known yet, or can't be. */
export type PersonNews =
  /** They are invited, and may be linked while the invitation is open. */
  | { readonly kind: 'invited'; readonly userId: string; readonly expiresAt: number | null }
  /** Their address belongs to somebody who is linked to another identity. */
  | { readonly kind: 'addressTaken'; readonly userId: string }
  /** They are linked, and told another address than before; null: the first one again. */
  | {
      readonly kind: 'addressChanged';
      readonly userId: string;
      readonly changedEmail: string | null;
    };

/** R13: identity is `tid` + `oid`. */
export function identityKey({ tenantId, objectId }: Omit<IdentifiedPerson, 'verifiedEmail'>) {
  return `${tenantId}/${objectId}`;
}

/**
 * What a sign-in tells of a portal user; null: nothing. Who is linked is known by their identity
 * alone: their address is kept to be shown, and matches nobody (R13).
 */
export function personNews(person: IdentifiedPerson, people: PeopleKnown): PersonNews | null {
  const { verifiedEmail } = person;
  if (verifiedEmail === null) return null;
  const { users, invitations, linkedAddresses } = people;
  if (users.size === 0 && invitations.size === 0) return null;
  const key = emailKey(verifiedEmail);
  const linked = users.get(identityKey(person));
  if (linked !== undefined) {
    const changedEmail = key === emailKey(linked.email) ? null : verifiedEmail;
    return changedEmail === linked.changedEmail
      ? null
      : { kind: 'addressChanged', userId: linked.id, changedEmail };
  }
  const invitation = invitations.get(key);
  if (invitation !== undefined) return { kind: 'invited', ...invitation };
  const userId = linkedAddresses.get(key);
  return userId === undefined ? null : { kind: 'addressTaken', userId };
}

/** May the person be linked by it now? `now`: milliseconds since 1970. */
export function isOpen({ expiresAt }: { readonly expiresAt: number | null }, now: number): boolean {
  return expiresAt !== null && expiresAt > now;
}

export interface StoredInvitation {
  readonly linked: boolean;
  readonly revoked: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export type InvitationState = 'open' | 'used' | 'expired' | 'revoked';

export function invitationState(invitation: StoredInvitation, now: number): InvitationState {
  if (invitation.linked) return 'used';
  if (invitation.revoked) return 'revoked';
  return isOpen(invitation, now) ? 'open' : 'expired';
}

export interface PortalRole {
  readonly role: Role;
  /** What gives it: the groups, the portal user, or either by itself. */
  readonly from: 'groups' | 'user' | 'both';
}

/** The higher of what groups and portal user give (R1), and which of them it came from. */
export function higherRole(groups: Role | null, user: Role | null): PortalRole | null {
  if (groups !== null && groups === user) return { role: groups, from: 'both' };
  if (groups !== null && atLeast(groups, user ?? groups)) return { role: groups, from: 'groups' };
  return user === null ? null : { role: user, from: 'user' };
}

/** What decides about a portal user's access. */
export interface UserStanding {
  readonly role: Role;
  readonly disabled: boolean;
}

/**
 * Does a change take from a portal user what nobody may take from themself? Their role, that they may
 * sign in, or all of it (`after` null: deleted).
 */
export function changesStanding(before: UserStanding, after: UserStanding | null): boolean {
  return before.role !== after?.role || before.disabled !== after.disabled;
}

/** Can they come in as Admin, once they are linked? See ways-in.ts. */
export function isAdmin(standing: UserStanding | null): boolean {
  return standing?.role === 'admin' && !standing.disabled;
}
