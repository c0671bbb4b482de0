import { credentialInUse, credentialsToTry } from '../../domain/secret-expiry.ts';
import type { WebProvider, WebProviders } from '../http/web-providers.ts';
import type { ActiveProvider, ActiveProviders } from './active-providers.ts';
import { judge, triedBy } from './judge.ts';
import { orEnded } from './broken-verification.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { findProvider } from './provider-store.ts';
import { noteRefusal, noteTaken } from './credential-news.ts';
import { noteSignIn } from './sign-in-health.ts';
import { createSwitchingClient } from './switching-client.ts';

/** What sign-ins by web applications and their sessions ask of the providers. */
export function createWebProviders(active: ActiveProviders, deps: ProviderDeps): WebProviders {
  function ready(found: ActiveProvider | undefined): WebProvider | null {
    if (found?.type !== 'web') return null;
    const { id, registration, credentials } = found;
    const [first, ...others] = credentialsToTry(credentials, deps.now());
    if (first === undefined) return null;
    const client = createSwitchingClient({
      order: [first, ...others],
      clientOf: (credential) => deps.webProviderOf(id, registration, credential).client,
      onRefused: (credential, error) => noteRefusal({ id, registration, credential }, error, deps),
      onTaken: (credential) => noteTaken({ id, registration, credential }, deps),
    });
    return { ...deps.webProviderOf(id, registration, first), client };
  }

  return {
    async active(providerId) {
      return ready((await active.current()).all.find(({ id }) => id === providerId));
    },
    async primary() {
      return ready((await active.current()).all.find(({ primary }) => primary));
    },
    async signOutUrl(providerId, loginHint) {
      const stored = await findProvider(deps.database.db, providerId);
      if (stored?.row.verified?.type !== 'web') return null;
      const { row, credentials } = stored;
      const credential = credentialInUse(credentials, deps.now()) ?? credentials[0];
      if (credential === undefined) return null;
      const { client } = deps.webProviderOf(row.id, stored.row.verified, credential);
      return client.endSessionUrl({ loginHint });
    },
    tried: (verificationId, address) =>
      orEnded(verificationId, address, () => triedBy(verificationId, deps), deps),
    judge: (verificationId, answer, address) =>
      orEnded(verificationId, address, () => judge(verificationId, answer, address, deps), deps),
    went: (providerId, error) => noteSignIn(providerId, error, active, deps),
  };
}
