import { listProviders } from '../../contract/sign-in-providers.ts';
import { useEndpoint } from '../api/hooks.ts';

/** The names of the providers but this one; undefined until they are known. Null: of all of them. */
export function useOtherNames(providerId: string | null) {
  const { data, error, refetch } = useEndpoint(listProviders);
  const names = data?.providers.filter(({ id }) => id !== providerId).map(({ name }) => name);
  return { names, error, refetch };
}
