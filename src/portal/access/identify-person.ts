import { createHash } from 'node:crypto';
import type { AccessToken } from '../../entra/access-token.ts';
import { groupSet } from '../../domain/group-mapping.ts';
import { missingProfile, requiredProfile } from '../../domain/profile.ts';
import { refusals } from '../../domain/refusal.ts';
import { groupReadScope } from '../../domain/web-sign-in.ts';
import type { Identification } from '../http/identification.ts';
import type { EntraPrincipal } from '../http/principal.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Evidence } from './group-evidence.ts';

/**
 * The person of a validated token, with their groups (R11) and their profile (R12). `evidence`: their
 * list as Graph gave it, where the token's is incomplete; null where there is none.
 */
export function identifyPerson(
  token: AccessToken,
  evidence: Evidence | null,
  providerId: string,
): Identification {
  const { tenantId, objectId, guest } = token;
  const groups =
    token.groups.kind === 'complete' ? groupSet(token.groups.ids) : (evidence?.groups ?? null);
  const principal: EntraPrincipal = {
    kind: 'entra',
    tenantId,
    objectId,
    name: displayName(token),
    userPrincipalName: token.userPrincipalName ?? '',
    guest,
    verifiedEmail: token.verifiedEmail,
    contexts: token.contexts,
    via: 'spa',
    providerId,
    sessionId: null,
    sessionOpenedAt: null,
    groups: groups ?? new Set(),
    groupsFrom: groups === null ? 'none' : token.groups.kind === 'complete' ? 'token' : 'graph',
  };
  return {
    principal,
    refusal: profileRefusal(token) ?? (groups === null ? groupsIncomplete() : null),
    signInKey: signInKeyOf(token),
  };
}

function displayName({ name, givenName, familyName, objectId }: AccessToken): string {
  const parts = [givenName, familyName].filter((part) => part !== null && part.trim() !== '');
  return name?.trim() || parts.join(' ') || objectId;
}

function profileRefusal(token: AccessToken): ProblemError | null {
  const missing = missingProfile({
    given_name: token.givenName,
    family_name: token.familyName,
    upn: token.userPrincipalName,
  });
  if (missing.length === 0) return null;
  const labels = missing.map((claim) => requiredProfile[claim]);
  return new ProblemError(
    403,
    'profile_incomplete',
    `${refusals.profile_incomplete}: ${labels.join(', ')} missing. An administrator of Entra ID can fill it in; then sign in again.`,
    { details: { missing: missing.map((claim) => ({ claim, label: requiredProfile[claim] })) } },
  );
}

/** Not an end: the page answers it with a Graph token of the same person. */
export function groupsIncomplete(reason?: { code: string; reason: string }): ProblemError {
  return new ProblemError(
    403,
    'groups_incomplete',
    reason === undefined
      ? `${refusals.groups_incomplete}: you are in more groups than a token can carry, so they must be asked of Microsoft Graph.`
      : `${refusals.groups_incomplete}: ${reason.reason}.`,
    {
      details: {
        complete: { method: 'PUT', path: '/me/group-evidence' },
        graphScopes: ['User.Read', groupReadScope],
        graph: reason ?? null,
      },
    },
  );
}

function signInKeyOf({ tenantId, objectId, signInId }: AccessToken): string {
  return createHash('sha256').update(`${tenantId}\n${objectId}\n${signInId}`).digest('hex');
}
