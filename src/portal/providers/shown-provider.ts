import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { authorityOf } from '../../entra/authority.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import type { Asker } from '../http/asker.ts';
import type { CredentialRow } from './active-providers.ts';
import { environmentId, environmentName } from './environment-registration.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { nameOf, type StoredProvider } from './provider-store.ts';

type Shows = Pick<ProviderDeps, 'prepare' | 'loginUrl'>;

/** A provider as the API answers it: without anything secret. */
export function shownProvider(
  { row, credentials }: StoredProvider,
  asker: Asker,
  { prepare, loginUrl }: Shows,
): Provider {
  const { id, type, status, verified, draft, draftPortalAccess } = row;
  const tenantId = (verified ?? draft)?.tenantId ?? null;
  const tried = draft ?? (status === 'active' ? null : verified);
  return {
    id,
    revision: String(row.revision),
    source: 'portal',
    type,
    name: nameOf(row),
    status,
    primary: row.isPrimary,
    issuerUrl: authorityOf(loginUrl, tenantId ?? 'organizations').issuer,
    verified,
    draft,
    draftPortalAccess: draftPortalAccess === null ? null : mappingAnswer(draftPortalAccess),
    draftSignIn: tried?.type === 'spa' ? prepare(id, tried).signIn : null,
    credentials: credentials.map(shownCredential),
    createdAt: row.createdAt.toISOString(),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    verifiedBy: row.verifiedBy?.name ?? null,
    failure: row.failure === null ? null : { credentialId: null, ...row.failure },
    yours: cameInBy(asker, id),
  };
}

/** The environment's, which can't be changed here; it is the primary one unless another was made so. */
export function shownEnvironment(
  environment: Registration,
  primary: boolean,
  asker: Asker,
  { prepare }: Pick<Shows, 'prepare'>,
): Provider {
  const { tenantId, clientId, apiClientId, issuerUrl } = prepare(environmentId, environment);
  const name = environmentName;
  return {
    id: environmentId,
    revision: primary ? 'environment-primary' : 'environment',
    source: 'environment',
    type: 'spa',
    name,
    status: 'active',
    primary,
    issuerUrl,
    verified: { type: 'spa', name, tenantId, clientId, apiClientId },
    draft: null,
    draftPortalAccess: null,
    draftSignIn: null,
    credentials: [],
    createdAt: null,
    verifiedAt: null,
    verifiedBy: null,
    failure: null,
    yours: cameInBy(asker, environmentId),
  };
}

/** Did the asker come in by this provider? Nobody comes in by one in a recovery session. */
export function cameInBy({ principal }: Asker, providerId: string): boolean {
  return principal.kind === 'entra' && principal.providerId === providerId;
}

function shownCredential(row: CredentialRow): ProviderCredential {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy.name,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    refused: row.refused,
  };
}
