import type { Registration } from '../../entra/spa-provider.ts';

/** The id of the provider that GATEHOUSE_ENTRA_* name; others have a GUID. */
export const environmentId = 'environment';

/** What the sign-in page calls it. */
export const environmentName = 'Microsoft';

/** The registration that GATEHOUSE_ENTRA_* name, or null where they name none. */
export function environmentRegistration(entra: {
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly apiClientId?: string;
}): Registration | null {
  const { tenantId, clientId, apiClientId = clientId } = entra;
  if (tenantId === undefined || clientId === undefined || apiClientId === undefined) return null;
  return {
    tenantId: tenantId.toLowerCase(),
    clientId: clientId.toLowerCase(),
    apiClientId: apiClientId.toLowerCase(),
  };
}
