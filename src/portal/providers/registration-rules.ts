import type { ProviderRegistration } from '../../contract/sign-in-providers.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import { environmentId, environmentName } from './environment-registration.ts';
import { fieldProblem } from './field-problem.ts';
import type { StoredProvider } from './provider-store.ts';

/** Do they differ in nothing but the name, which counts without a verification? */
export function sameButName(one: ProviderRegistration, other: ProviderRegistration): boolean {
  const key = (registration: ProviderRegistration) =>
    JSON.stringify(
      Object.entries({ ...registration, name: '' }).toSorted(([a], [b]) => a.localeCompare(b)),
    );
  return key(one) === key(other);
}

/** Is it one application in Entra, so that its secrets and certificates go on counting? */
export function sameApplication(one: ProviderRegistration, other: ProviderRegistration): boolean {
  return one.clientId === other.clientId;
}

/**
 * Throws 400 at the field, where another provider is the same application already: nobody could
 * tell by which of them somebody came in.
 */
export function requireUnused(
  entered: ProviderRegistration,
  others: readonly StoredProvider[],
  environment: Registration | null,
): void {
  const named = (registration: ProviderRegistration | null) =>
    registration === null ? [] : [registration];
  const taken = [
    ...(environment === null
      ? []
      : [{ ...environment, type: 'spa' as const, name: environmentName, id: environmentId }]),
    ...others.flatMap(({ row }) => [...named(row.verified), ...named(row.draft)]),
  ].find((other) => isSame(entered, other));
  if (taken === undefined) return;
  throw fieldProblem(
    '/registration/clientId',
    `is the application of “${taken.name}” already: edit that provider, or give it another secret`,
    'already_used',
  );
}

function isSame(one: ProviderRegistration, other: ProviderRegistration): boolean {
  if (one.clientId !== other.clientId) return false;
  if (one.type === 'spa' && other.type === 'spa') {
    return one.tenantId === other.tenantId && one.apiClientId === other.apiClientId;
  }
  if (one.type !== other.type) return false;
  return one.tenantId === null || other.tenantId === null || one.tenantId === other.tenantId;
}
