import type { FastifyInstance } from 'fastify';
import { AadstsError } from './aadsts.ts';
import { correlationIdOf, reportRefusal, tokenErrorBody } from './refusal-report.ts';
import { organizationAddressed } from './tenant.ts';
import { issuerOf } from './token-claims.ts';
import type { Organization } from '../demo/directory-types.ts';
import type { Tenant } from './tenant.ts';

/** Entra's template, literally. */
const anyTenant = '{tenantid}';

type Addressed = { Params: { tenant: string } };

/** OpenID metadata and signing keys of the tenant, readable from every origin. */
export function registerMetadata(app: FastifyInstance, tenant: Tenant): void {
  const answer = (
    addressed: string,
    body: (organization: Organization | undefined) => object,
  ): { status: number; body: object } => {
    try {
      return { status: 200, body: body(organizationAddressed(tenant, addressed)) };
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const report = reportRefusal(error, correlationIdOf(new Map()), tenant.now());
      return { status: 400, body: tokenErrorBody(error, report, tenant.origin) };
    }
  };
  app.get<Addressed>('/:tenant/v2.0/.well-known/openid-configuration', (request, reply) => {
    const { status, body } = answer(request.params.tenant, (organization) =>
      metadata(tenant, organization, request.params.tenant),
    );
    return reply.code(status).header('access-control-allow-origin', '*').send(body);
  });
  app.get<Addressed>('/:tenant/discovery/v2.0/keys', (request, reply) => {
    const { status, body } = answer(request.params.tenant, (organization) => {
      const issuer = issuerOf(tenant.origin, organization?.tenant.id ?? anyTenant);
      return { keys: tenant.keys.published().map((key) => ({ ...key, issuer })) };
    });
    return reply.code(status).header('access-control-allow-origin', '*').send(body);
  });
}

/** Of `/common` and `/organizations` the issuer is Entra's template, literally `{tenantid}`. */
function metadata(
  { origin }: Tenant,
  organization: Organization | undefined,
  addressed: string,
): object {
  const base = `${origin}/${organization?.tenant.id ?? addressed}`;
  return {
    issuer: issuerOf(origin, organization?.tenant.id ?? anyTenant),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    userinfo_endpoint: `${origin}/graph/oidc/userinfo`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported:
      'sub iss aud exp iat auth_time nonce preferred_username name tid ver email'.split(' '),
    code_challenge_methods_supported: ['plain', 'S256'],
    request_uri_parameter_supported: false,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    tenant_region_scope: null,
    cloud_instance_name: new URL(origin).hostname,
    msgraph_host: new URL(origin).host,
  };
}
