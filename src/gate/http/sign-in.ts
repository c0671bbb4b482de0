import type { Bundle } from '../../contract/gate-protocol.ts';
import { clockProblem } from '../../domain/clock.ts';
import { missingProfile, requiredProfile } from '../../domain/profile.ts';
import { refusals } from '../../domain/refusal.ts';
import { groupReadScope } from '../../domain/web-sign-in.ts';
import type { AccessToken } from '../../entra/access-token.ts';
import { GraphError, type GraphRequest } from '../../entra/graph-groups.ts';
import { KeysUnavailable, TokenError } from '../../entra/token-error.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { GateContext } from '../in-force.ts';
import type { EntraWatch } from './entra-watch.ts';
import type { GateEvents } from './gate-events.ts';
import { packGroups } from './packed-groups.ts';
import type { GatePerson, GateSession } from './session.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { SessionStore } from './session-store.ts';
import { createUnanswered } from './unanswered.ts';
import { entryRefusal, judge } from './standing.ts';

export interface SignInRequest {
  readonly accessToken: string;
  readonly graphAccessToken: string | null;
  /** The Cookie header that came with it. */
  readonly cookies: string | undefined;
  readonly address: string;
}

export interface SignedIn {
  readonly session: GateSession;
  /** The secret for the cookie; null: the session that its cookie names goes on. */
  readonly secret: string | null;
}

export interface SignInDependencies {
  readonly context: Pick<GateContext, 'inForce' | 'portal'>;
  readonly verifier: EntraWatch['verifier'];
  readonly readGroups: (request: GraphRequest) => Promise<readonly string[]>;
  readonly sessions: SessionStore;
  readonly cookie: SessionCookie;
  readonly events: GateEvents;
  readonly now: () => number;
  /** Milliseconds before an incomplete group list counts as a refused sign-in: 30,000. */
  readonly groupsPatience?: number;
}

function keyOf({ tenantId, objectId, signInId }: AccessToken): string {
  return `${tenantId}/${objectId}/${signInId}`;
}

/** Opens sessions by access tokens. Throws the ProblemError that says why not. */
export function createSignIn(dependencies: SignInDependencies) {
  const { context, verifier, sessions, cookie, events, now } = dependencies;
  const unanswered = createUnanswered(dependencies.groupsPatience ?? 30_000);

  return async (request: SignInRequest): Promise<SignedIn> => {
    const { bundle } = context.inForce();
    const verify = verifier(bundle);
    const closed = entryRefusal(context.inForce());
    if (verify === null || bundle === null) throw closed ?? new KeysUnavailable();
    const token = await verify(request.accessToken).catch((error: unknown) => {
      // Who it is isn't known: what keeps everybody out is said before what is wrong with a token.
      throw closed ?? tokenRefusal(error, context.portal().clockOffset);
    });
    const person = personOf(token);
    const fields = { kind: 'entra', person, signInId: token.signInId, openedAt: now() } as const;
    try {
      if (closed !== null) throw closed;
      requireProfile(token);
      const groups = packGroups(await groupsOf(token, request, bundle, dependencies));
      const opened = open({ ...fields, groups }, request);
      unanswered.answered(keyOf(token));
      return opened;
    } catch (error) {
      if (error instanceof ProblemError) {
        const refused = () =>
          events.signInRefused(person, token.signInId, error.code, request.address);
        if (isQuestion(error)) unanswered.ask(keyOf(token), refused);
        else {
          unanswered.answered(keyOf(token));
          refused();
        }
      }
      throw error;
    }
  };

  function open(
    fields: Omit<GateSession, 'id' | 'key' | 'lastUsedAt'>,
    { cookies, address }: SignInRequest,
  ): SignedIn {
    // What is in force may have changed while Entra and Graph were asked.
    const inForce = context.inForce();
    const standing = judge({ ...fields, id: '', key: '', lastUsedAt: fields.openedAt }, inForce);
    if (standing.role === null) throw standing.refusal;
    const key = cookie.keyOf(cookies);
    const before = key === null ? undefined : sessions.find(key);
    if (before !== undefined) sessions.end(before, 'signedOut');
    const secret = cookie.create();
    const session = sessions.open({ ...fields, key: cookie.hashed(secret) });
    events.signedIn(session, standing.role, address);
    return { session, secret };
  }
}

function personOf(token: AccessToken): GatePerson {
  const { tenantId, objectId, name, givenName, familyName, userPrincipalName } = token;
  const parts = [givenName, familyName].filter((part) => part !== null && part.trim() !== '');
  return {
    tenantId,
    objectId,
    name: name?.trim() || parts.join(' ') || objectId,
    userPrincipalName: userPrincipalName ?? '',
  };
}

/** Everybody's groups, completed by Graph where the token has only a part (R11). */
async function groupsOf(
  token: AccessToken,
  { graphAccessToken }: SignInRequest,
  { entra }: Bundle,
  { readGroups }: SignInDependencies,
): Promise<readonly string[]> {
  if (token.groups.kind === 'complete') return token.groups.ids;
  if (graphAccessToken === null) throw groupsIncomplete(null);
  const { graphUrl } = entra;
  const request = { graphUrl, token: graphAccessToken, objectId: token.objectId };
  return readGroups(request).catch((error: unknown) => {
    throw error instanceof GraphError ? graphRefusal(error) : error;
  });
}

function requireProfile(token: AccessToken): void {
  const missing = missingProfile({
    given_name: token.givenName,
    family_name: token.familyName,
    upn: token.userPrincipalName,
  });
  if (missing.length === 0) return;
  const labels = missing.map((claim) => requiredProfile[claim]);
  throw new ProblemError(
    403,
    'profile_incomplete',
    `${refusals.profile_incomplete}: ${labels.join(', ')} missing. An administrator of Entra ID can fill it in; then sign in again.`,
    { details: { missing: missing.map((claim) => ({ claim, label: requiredProfile[claim] })) } },
  );
}

/** Not an end where nobody asked Graph yet: the page answers it with a Graph token. */
function groupsIncomplete(graph: { code: string; reason: string } | null): ProblemError {
  const why =
    graph?.reason ??
    'you are in more groups than a token can carry, so they must be asked of Microsoft Graph';
  return new ProblemError(403, 'groups_incomplete', `${refusals.groups_incomplete}: ${why}.`, {
    details: { graphScopes: ['User.Read', groupReadScope], graph },
  });
}

/** Does the page go on from here by itself? Then the sign-in isn't refused yet. */
function isQuestion({ code, details }: ProblemError): boolean {
  return (
    code === 'insufficient_claims' || (code === 'groups_incomplete' && details?.['graph'] === null)
  );
}

function graphRefusal({ code, reason, claims }: GraphError): ProblemError {
  if (claims !== null) {
    const challenge = `Bearer realm="gatehouse", error="insufficient_claims", claims="${claims}"`;
    return new ProblemError(
      401,
      'insufficient_claims',
      'Microsoft Graph asks you to sign in again before it tells your groups.',
      { headers: { 'www-authenticate': challenge }, details: { resource: 'graph' } },
    );
  }
  if (code !== 'graph_other_person') return groupsIncomplete({ code, reason });
  return new ProblemError(
    403,
    'other_person',
    'The Graph token belongs to somebody else: a list counts only for the person whose it is.',
  );
}

function tokenRefusal(error: unknown, clockOffset: number | null): unknown {
  if (error instanceof KeysUnavailable) {
    return new ProblemError(
      503,
      error.code,
      'This gate can’t fetch the signing keys of Entra ID, so it can’t check your sign-in. Try again in a moment.',
      { headers: { 'retry-after': '5' }, cause: error },
    );
  }
  if (!(error instanceof TokenError)) return error;
  const clock = clockOffset === null ? null : clockProblem(clockOffset);
  if (clock !== null && (error.code === 'expired' || error.code === 'not_yet_valid')) {
    return new ProblemError(
      403,
      'clock_off',
      `${refusals.clock_off}: it is ${clock} compared with the portal’s, so your sign-in counts as ${error.code === 'expired' ? 'expired' : 'not valid yet'}.`,
      { cause: error },
    );
  }
  return new ProblemError(401, `token_${error.code}`, `The access token ${error.reason}.`, {
    headers: { 'www-authenticate': 'Bearer realm="gatehouse", error="invalid_token"' },
    cause: error,
  });
}
