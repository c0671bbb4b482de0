import { z } from 'zod';
import { groupSet, type GroupSet } from '../../domain/group-mapping.ts';
import { refusals } from '../../domain/refusal.ts';
import type { AccessToken } from '../../entra/access-token.ts';
import type { WebPerson } from '../../entra/web-client.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Identification } from '../http/identification.ts';

const text = z.string().nullable();

/** Where the groups of a session came from; `unused`: its provider gives no roles by groups. */
const sessionGroups = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('graph'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('unused') }),
  /** R11: nobody knows them, and Graph said why. */
  z.object({ kind: z.literal('incomplete'), code: z.string(), reason: z.string() }),
]);

export type SessionGroups = z.output<typeof sessionGroups>;

/** The person of a session as the last id token told them, as it is stored. */
export const sessionIdentity = z.object({
  name: text,
  givenName: text,
  familyName: text,
  userPrincipalName: text,
  email: text,
  verifiedEmail: text,
  guest: z.boolean(),
  contexts: z.array(z.string()),
  loginHint: text,
  groups: sessionGroups,
});

export type SessionIdentity = z.output<typeof sessionIdentity>;

export function identityOf(person: WebPerson, groups: SessionGroups): SessionIdentity {
  const { name, givenName, familyName, userPrincipalName, email, verifiedEmail } = person;
  const { guest, loginHint, contexts } = person;
  return {
    name,
    givenName,
    familyName,
    userPrincipalName,
    email,
    verifiedEmail,
    guest,
    loginHint,
    contexts: [...contexts],
    groups,
  };
}

/** What identifies people by the same rules as access tokens (R11, R12); of another folder. */
export interface PersonRules {
  readonly identifyPerson: (
    token: AccessToken,
    evidence: { readonly groups: GroupSet; readonly expiresAt: number } | null,
    providerId: string,
  ) => Identification;
}

export interface IdentifiedSession {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly providerId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly identity: SessionIdentity;
}

/** Who a session is of, before any role is asked. */
export function identifySession(session: IdentifiedSession, rules: PersonRules): Identification {
  const { id, openedAt, providerId, identity, tenantId, objectId } = session;
  const { groups } = identity;
  const known = groups.kind === 'token' ? groups.ids : groups.kind === 'unused' ? [] : null;
  const token: AccessToken = {
    ...identity,
    tenantId,
    objectId,
    groups: known === null ? { kind: 'overage' } : { kind: 'complete', ids: known },
    signInId: id,
    expiresAt: Infinity,
  };
  const evidence =
    groups.kind === 'graph' ? { groups: groupSet(groups.ids), expiresAt: Infinity } : null;
  const { principal, refusal } = rules.identifyPerson(token, evidence, providerId);
  if (principal.kind !== 'entra') throw new Error('a session is of a person of Entra');
  return {
    principal: {
      ...principal,
      via: 'web',
      sessionId: id,
      sessionOpenedAt: openedAt,
      groupsFrom: groups.kind === 'unused' ? 'none' : principal.groupsFrom,
    },
    refusal:
      groups.kind === 'incomplete' && refusal?.code === 'groups_incomplete'
        ? groupsIncomplete(groups)
        : refusal,
    signInKey: `session:${id}`,
  };
}

/** The page has no token for Graph to complete them with: the server asks again by itself. */
function groupsIncomplete({ code, reason }: { code: string; reason: string }): ProblemError {
  const detail = `${refusals.groups_incomplete}: ${reason}. It is tried again in a minute.`;
  const details = { complete: null, graphScopes: [], graph: { code, reason } };
  return new ProblemError(403, 'groups_incomplete', detail, { details });
}
