import { AadstsError } from './aadsts.ts';
import { provesPossession } from './authorization-codes.ts';
import { required } from './authorize-request.ts';
import { authenticateClient } from './client-authentication.ts';
import { entraTime } from './refusal-report.ts';
import { readScopes, writeScopes } from './scopes.ts';
import { issuerOf } from './token-claims.ts';
import type { Application, Organization } from '../demo/directory-types.ts';
import type { AssertionCheck } from './client-assertion.ts';
import type { Credentials } from './client-authentication.ts';
import type { Parameters } from './parameters.ts';
import type { Platform } from './redirect-uris.ts';
import type { RequestedScopes } from './scopes.ts';
import type { Account } from './sessions.ts';
import type { Tenant } from './tenant.ts';

/** A token request, its client known and its parameters still to be read. */
export interface TokenRequest {
  sent: Parameters;
  client: Application;
  credentials: Credentials;
  /** The tenant whose endpoint was asked; undefined on `common` and `organizations`. */
  organization: Organization | undefined;
  /** The page's that asks; a server sends none. */
  origin: string | undefined;
}

/** What a redeemed code or refresh token gives a right to. */
export interface Grant {
  account: Account;
  platform: Platform;
  /** As tokens say it: 0 not at all, 1 by a secret, 2 by a certificate. */
  clientAuthentication: '0' | '1' | '2';
  requested: RequestedScopes;
  /** Authentication contexts that the sign-in behind it was made for. */
  contexts: string[];
  /** Of these the sign-in's own request asked; they go into the token without being asked again. */
  askedContexts: string[];
  /** Those of them that it asked for in the id token. */
  idTokenContexts: string[];
  nonce: string | undefined;
  /** A refresh token is given, in a line that began at this time and for this scope. */
  refresh: { issuedAt: number; scope: string } | undefined;
}

export async function redeemCode(
  tenant: Tenant,
  { sent, client, credentials, organization, origin }: TokenRequest,
): Promise<Grant> {
  const code = required(sent, 'code');
  const redirectUri = required(sent, 'redirect_uri');
  const { request, account, contexts } = tenant.codes.find(code);
  if (request.application.clientId !== client.clientId) throw new AadstsError(70000);
  if (request.redirectUri !== redirectUri) {
    throw new AadstsError(500112, { redirectUri, expected: request.redirectUri });
  }
  const check = assertionCheck(tenant);
  const { platform } = request;
  const clientAuthentication = await authenticateClient(
    client,
    platform,
    credentials,
    origin,
    check,
  );
  // Not before: who can't prove to be the client uses up no code of its.
  tenant.codes.redeem(code);
  if (organization !== undefined && tenantOf(tenant, account) !== organization.tenant.id) {
    throw new AadstsError(700005);
  }
  if (!provesPossession(request.challenge, sent.get('code_verifier')))
    throw new AadstsError(501481);
  const scope = sent.get('scope');
  const requested =
    scope === undefined ? request.scopes : readScopes(tenant.people, client, scope, 'refuse');
  return {
    account,
    requested,
    contexts,
    platform,
    clientAuthentication,
    nonce: request.nonce,
    askedContexts: request.claims.contexts,
    idTokenContexts: request.claims.idTokenContexts,
    refresh: offline(requested, request.scopes)
      ? { issuedAt: tenant.now(), scope: writeScopes(request.scopes) }
      : undefined,
  };
}

export async function redeemRefreshToken(tenant: Tenant, request: TokenRequest): Promise<Grant> {
  const { sent, client, credentials, origin } = request;
  const grant = await tenant.refreshTokens.open(required(sent, 'refresh_token'));
  const { account, platform, contexts, issuedAt } = grant;
  if (grant.clientId !== client.clientId) throw new AadstsError(70000);
  const check = assertionCheck(tenant);
  const clientAuthentication = await authenticateClient(
    client,
    platform,
    credentials,
    origin,
    check,
  );
  const validFrom = tenant.people.tokensValidFrom(account.oid);
  if (account.authTime < validFrom) {
    throw new AadstsError(50173, { issued: entraTime(issuedAt), validFrom: entraTime(validFrom) });
  }
  const requested = readScopes(tenant.people, client, sent.get('scope') ?? grant.scope, 'refuse');
  return {
    account,
    platform,
    clientAuthentication,
    requested,
    contexts,
    askedContexts: [],
    idTokenContexts: [],
    nonce: undefined,
    refresh: { issuedAt, scope: grant.scope },
  };
}

/** Any tenant's token endpoint or issuer will do as the audience of a client assertion. */
function assertionCheck({ origin, people, now }: Tenant): AssertionCheck {
  const names = ['common', 'organizations', ...people.organizations.map(({ tenant }) => tenant.id)];
  const audiences = names.flatMap((name) => [
    `${origin}/${name}/oauth2/v2.0/token`,
    issuerOf(origin, name),
  ]);
  return { audiences, now: now() };
}

function tenantOf({ people }: Tenant, { oid }: Account): string | undefined {
  const person = people.person(oid);
  return person === undefined ? undefined : people.organizationOf(person).tenant.id;
}

function offline(...requests: RequestedScopes[]): boolean {
  return requests.some(({ openId }) => openId.includes('offline_access'));
}
