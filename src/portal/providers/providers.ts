import type { Overview } from '../../contract/overview.ts';
import { roleAllows } from '../../domain/permissions.ts';
import type { AdminWays } from '../http/admin-ways.ts';
import type { Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import type { BeginSignIn, WebProviders } from '../http/web-providers.ts';
import type { ActiveProviders } from './active-providers.ts';
import { createAdminWays } from './admin-ways.ts';
import { findExpiringCredentials } from './expiring-credentials.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { providerRoutes } from './provider-routes.ts';
import { verificationRoutes } from './verification-routes.ts';
import { createWebClients, type WebClientsDependencies } from './web-clients.ts';
import { createWebProviders } from './web-providers.ts';

export interface Providers {
  /** What sign-ins by web applications ask. */
  readonly web: WebProviders;
  readonly adminWays: AdminWays;
  readonly routes: (beginSignIn: BeginSignIn) => readonly Routes[];
  /** For Overview; null where the asker may not see providers. */
  readonly expiringCredentials: (asker: Asker) => Promise<Overview['expiringCredentials']>;
}

export type ProvidersOptions = Omit<ProviderDeps, 'webProviderOf' | 'adminWays'> &
  Pick<WebClientsDependencies, 'createClient'> & { readonly active: ActiveProviders };

/** The ways into the portal: entered, verified, in force, and gone. */
export function createProviders({ active, ...options }: ProvidersOptions): Providers {
  const adminWays = createAdminWays(options.environment, options.now);
  const deps = { ...options, adminWays, webProviderOf: createWebClients(options) };
  return {
    web: createWebProviders(active, deps),
    adminWays,
    routes: (beginSignIn) => [providerRoutes(deps), verificationRoutes(deps, beginSignIn)],
    async expiringCredentials({ portalRole }) {
      if (!roleAllows(portalRole, 'provider.view')) return null;
      const found = await findExpiringCredentials(deps.database.db, deps.now());
      return found.map(({ state: _state, ...shown }) => shown);
    },
  };
}
