import type { Provider } from '../../contract/sign-in-providers.ts';
import { notFound } from '../../server/problem-error.ts';
import type { Asker } from '../http/asker.ts';
import { environmentId } from './environment-registration.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { readProviders, requireProvider } from './provider-store.ts';
import { shownEnvironment, shownProvider } from './shown-provider.ts';

/** The primary one first, then the other active ones, then those that sign nobody in; by age. */
export async function shownProviders(asker: Asker, deps: ProviderDeps): Promise<Provider[]> {
  const { database, environment } = deps;
  const stored = await database.db.transaction(readProviders, {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
  const primary = !stored.some(({ row }) => row.isPrimary);
  const rank = (provider: Provider) =>
    provider.primary ? 0 : provider.status === 'active' ? 1 : 2;
  return [
    ...(environment === null ? [] : [shownEnvironment(environment, primary, asker, deps)]),
    ...stored.map((one) => shownProvider(one, asker, deps)),
  ].toSorted((a, b) => rank(a) - rank(b));
}

/** Throws 404. */
export async function oneProvider(id: string, asker: Asker, deps: ProviderDeps): Promise<Provider> {
  if (id === environmentId) {
    const found = (await shownProviders(asker, deps)).find((provider) => provider.id === id);
    if (found === undefined) throw notFound('provider');
    return found;
  }
  return shownProvider(await requireProvider(deps.database.db, id), asker, deps);
}
