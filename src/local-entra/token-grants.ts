import { AadstsError } from './aadsts.ts';
import { provesPossession } from './authorization-codes.ts';
import { authenticateClient } from './client-authentication.ts';
import { entraTime } from './refusal-report.ts';
import { readScopes, writeScopes } from './scopes.ts';
import type { Application } from '../demo/directory.ts';
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
  origin: string | undefined;
}

/** What a redeemed code or refresh token gives a right to. */
export interface Grant {
  account: Account;
  platform: Platform;
  requested: RequestedScopes;
  /** Authentication contexts that the sign-in behind it was made for. */
  contexts: string[];
  /** Of these the sign-in's own request asked; they go into the token without being asked again. */
  askedContexts: string[];
  nonce: string | undefined;
  /** A refresh token is given, in a line that began at this time and for this scope. */
  refresh: { issuedAt: number; scope: string } | undefined;
}

export function redeemCode(
  tenant: Tenant,
  { sent, client, credentials, origin }: TokenRequest,
): Grant {
  const code = required(sent, 'code');
  const redirectUri = required(sent, 'redirect_uri');
  const { request, account, contexts } = tenant.codes.redeem(code);
  if (request.application.clientId !== client.clientId) throw new AadstsError(70000);
  if (request.redirectUri !== redirectUri) {
    throw new AadstsError(500112, { redirectUri, expected: request.redirectUri });
  }
  authenticateClient(client, request.platform, credentials, origin);
  if (!provesPossession(request.challenge, sent.get('code_verifier')))
    throw new AadstsError(501481);
  const scope = sent.get('scope');
  const requested =
    scope === undefined ? request.scopes : readScopes(tenant.people, client, scope, 'refuse');
  return {
    account,
    requested,
    contexts,
    platform: request.platform,
    nonce: request.nonce,
    askedContexts: request.claims.contexts,
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
  authenticateClient(client, platform, credentials, origin);
  const validFrom = tenant.people.tokensValidFrom(account.oid);
  if (account.authTime < validFrom) {
    throw new AadstsError(50173, { issued: entraTime(issuedAt), validFrom: entraTime(validFrom) });
  }
  const requested = readScopes(tenant.people, client, sent.get('scope') ?? grant.scope, 'refuse');
  return {
    account,
    platform,
    requested,
    contexts,
    askedContexts: [],
    nonce: undefined,
    refresh: { issuedAt, scope: grant.scope },
  };
}

function offline(...requests: RequestedScopes[]): boolean {
  return requests.some(({ openId }) => openId.includes('offline_access'));
}

function required(sent: Parameters, parameter: string): string {
  const value = sent.get(parameter);
  if (value === undefined) throw new AadstsError(900144, { parameter });
  return value;
}
