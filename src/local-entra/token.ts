import type { FastifyInstance } from 'fastify';
import { AadstsError } from './aadsts.ts';
import { checkAudience, notFound } from './authorize-request.ts';
import { readClaimsRequest } from './claims-request.ts';
import { readCredentials } from './client-authentication.ts';
import { formOf, queryOf } from './parameters.ts';
import { mfaNeeded, needsMfa, refusalOf } from './policies.ts';
import { correlationIdOf, reportRefusal, tokenErrorBody } from './refusal-report.ts';
import { consentNeeded, grantedScopes } from './scopes.ts';
import { organizationAddressed } from './tenant.ts';
import { accessTokenClaims, idTokenClaims } from './token-claims.ts';
import { redeemCode, redeemRefreshToken } from './token-grants.ts';
import type { Organization, Person } from '../demo/directory-types.ts';
import type { Parameters } from './parameters.ts';
import type { Tenant } from './tenant.ts';
import type { Grant, TokenRequest } from './token-grants.ts';

/** `POST /{tenant}/oauth2/v2.0/token`. Any origin may read the answer; whether it gets one is checked. */
export function registerTokenEndpoint(app: FastifyInstance, tenant: Tenant): void {
  app.post<{ Params: { tenant: string } }>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    const sent = formOf(request.body);
    const { authorization, origin } = request.headers;
    void reply.headers({
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    });
    try {
      const organization = organizationAddressed(tenant, request.params.tenant);
      return await answerTokenRequest(tenant, organization, sent, authorization, origin);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const correlationId = correlationIdOf(
        new Map([...queryOf(request.url), ...sent]),
        request.headers['client-request-id'],
      );
      const report = reportRefusal(error, correlationId, tenant.now());
      const status = error.tokenError === 'invalid_client' ? 401 : 400;
      return reply.code(status).send(tokenErrorBody(error, report, tenant.origin));
    }
  });
}

async function answerTokenRequest(
  tenant: Tenant,
  organization: Organization | undefined,
  sent: Parameters,
  authorization: string | undefined,
  origin: string | undefined,
): Promise<object> {
  const credentials = readCredentials(sent, authorization);
  const { clientId } = credentials;
  if (clientId === undefined) throw new AadstsError(900144, { parameter: 'client_id' });
  const client = tenant.people.application(clientId);
  if (client === undefined) throw notFound(tenant.people, organization, clientId);
  checkAudience(tenant.people, organization, client);
  const request = { sent, client, credentials, organization, origin };
  return issueTokens(tenant, request, await redeem(tenant, request));
}

async function redeem(tenant: Tenant, request: TokenRequest): Promise<Grant> {
  const grantType = request.sent.get('grant_type');
  if (grantType === undefined) throw new AadstsError(900144, { parameter: 'grant_type' });
  if (grantType === 'authorization_code') return redeemCode(tenant, request);
  if (grantType === 'refresh_token') return redeemRefreshToken(tenant, request);
  throw new AadstsError(70003, { grantType });
}

async function issueTokens(
  tenant: Tenant,
  { sent, client, organization }: TokenRequest,
  grant: Grant,
): Promise<object> {
  const { people, keys, now } = tenant;
  const { account, requested, clientAuthentication } = grant;
  const person = people.person(account.oid);
  if (person === undefined) throw new AadstsError(70000);
  const claims = readClaimsRequest(sent.get('claims'));
  const contexts = [...new Set([...grant.askedContexts, ...claims.contexts])];
  checkPolicies(tenant, person, { client, organization }, grant, contexts);

  const lifetime = tenant.accessTokenLifetime();
  const subject = { people, origin: tenant.origin, person, client, account, now: now(), lifetime };
  const scopes = grantedScopes(requested, tenant.consents.of(person, client));
  const granted = { requested, scopes, contexts, claims, clientAuthentication } as const;
  const accessToken = await keys.sign(accessTokenClaims(subject, granted));
  const idToken = requested.openId.includes('openid')
    ? await keys.sign(idTokenClaims({ ...subject, lifetime: 3600 }, requested.openId, grant))
    : undefined;
  return {
    token_type: 'Bearer',
    scope: scopes
      .map((name) => (requested.openId.includes(name) ? name : requested.prefix + name))
      .join(' '),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: accessToken,
    ...(grant.refresh === undefined
      ? {}
      : await refreshToken(tenant, client.clientId, grant, grant.refresh)),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(sent.get('client_info') === '1' ? { client_info: clientInfo(tenant, person) } : {}),
  };
}

/** The rules that hold at every issue of a token, since a sign-in may be long ago. */
function checkPolicies(
  tenant: Tenant,
  person: Person,
  { client, organization }: Pick<TokenRequest, 'client' | 'organization'>,
  { account, requested, contexts: satisfied }: Grant,
  contexts: string[],
): void {
  const { people } = tenant;
  const refusal = refusalOf(people, person, client, organization);
  if (refusal !== undefined) throw refusal;
  if (needsMfa(people, { person, contexts, account, satisfied, now: tenant.now() })) {
    throw mfaNeeded(client.clientId, contexts);
  }
  const missing = consentNeeded(requested, tenant.consents.of(person, client));
  if (missing.byPerson.length + missing.byAdministrator.length > 0) {
    throw new AadstsError(65001, { clientId: client.clientId, application: client.displayName });
  }
}

async function refreshToken(
  tenant: Tenant,
  clientId: string,
  { account, platform, contexts }: Grant,
  line: NonNullable<Grant['refresh']>,
): Promise<object> {
  const issued = { clientId, account, platform, contexts, ...line };
  const { token, expiresIn } = await tenant.refreshTokens.issue(issued);
  return {
    refresh_token: token,
    ...(platform === 'spa' ? { refresh_token_expires_in: expiresIn } : {}),
  };
}

/** What MSAL knows an account by. */
function clientInfo({ people }: Tenant, person: Person): string {
  const info = { uid: person.oid, utid: people.organizationOf(person).tenant.id };
  return Buffer.from(JSON.stringify(info)).toString('base64url');
}
