import type { FastifyRequest } from 'fastify';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { GraphError } from './graph-errors.ts';
import { graphAudience } from './scopes.ts';
import type { Organization, Person } from '../demo/directory-types.ts';
import type { Tenant } from './tenant.ts';

/** Who calls Graph, and with which delegated permissions. */
export interface GraphCaller {
  person: Person;
  /** The tenant that the call is about: the person's own. */
  organization: Organization;
  /** The person's id at the client, the same as in its id tokens. */
  sub: string;
  scopes: ReadonlySet<string>;
}

/** Reads the bearer token of a call. Throws 401 in Graph's form. */
async function readGraphToken(
  tenant: Tenant,
  authorization: string | undefined,
): Promise<GraphCaller> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw invalidToken('Access token is empty.');
  const { payload } = await verify(tenant, token);
  const { oid, sub = '', iat = 0 } = payload;
  const { people } = tenant;
  const person = people.person(String(oid));
  if (person === undefined || person.disabled === true) {
    throw invalidToken('The user account is disabled or was deleted.');
  }
  const issuedAt = iat * 1000;
  const validFrom = people.tokensValidFrom(person.oid);
  const organization = people.organizationOf(person);
  if (issuedAt + 1000 <= validFrom) {
    throw revoked(tenant.origin, organization, payload['xms_cc'], validFrom);
  }
  return { person, organization, sub, scopes: new Set(String(payload['scp']).split(' ')) };
}

/** Permissions, any of which lets one read oneself. */
export const readsMe = ['User.Read', 'User.Read.All', 'Directory.Read.All'];

/** Permissions, any of which lets one read groups and their members. */
export const readsGroups = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'];

/**
 * A handler that runs for callers with one permission of each list. Others get 401 or 403 in
 * Graph's form.
 */
export function guarded(
  tenant: Tenant,
  permissions: string[][],
  handle: (caller: GraphCaller, request: FastifyRequest) => object,
): (request: FastifyRequest) => Promise<object> {
  return async (request) => {
    const caller = await readGraphToken(tenant, request.headers.authorization);
    if (permissions.every((anyOf) => anyOf.some((scope) => caller.scopes.has(scope)))) {
      return handle(caller, request);
    }
    const message = 'Insufficient privileges to complete the operation.';
    throw new GraphError(403, 'Authorization_RequestDenied', message);
  };
}

async function verify(tenant: Tenant, token: string): ReturnType<typeof jwtVerify> {
  try {
    return await jwtVerify(token, createLocalJWKSet({ keys: tenant.keys.published() }), {
      algorithms: ['RS256'],
      audience: graphAudience,
      currentDate: new Date(tenant.now()),
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw invalidToken('Lifetime validation failed, the token is expired.');
    }
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      throw invalidToken('Access token validation failure. Invalid audience.');
    }
    throw invalidToken('Access token validation failure. Invalid signature.');
  }
}

/**
 * Continuous access evaluation: a client that declared `cp1` is told the claims to come back with,
 * any other just that its token is no good.
 */
function revoked(
  origin: string,
  { tenant }: Organization,
  capabilities: unknown,
  validFrom: number,
): GraphError {
  const message =
    'Continuous access evaluation resulted in challenge with result: InteractionRequired.';
  if (!Array.isArray(capabilities) || !capabilities.includes('cp1')) return invalidToken(message);
  const value = String(Math.floor(validFrom / 1000));
  const claims = JSON.stringify({ access_token: { nbf: { essential: true, value } } });
  const uri = `${origin}/${tenant.id}/oauth2/v2.0/authorize`;
  const challenge = `Bearer realm="", authorization_uri="${uri}", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  return invalidToken(message, challenge);
}

function invalidToken(message: string, challenge = 'Bearer'): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': challenge,
  });
}
