import { credentialInUse } from '../../domain/secret-expiry.ts';
import type { WebProviders } from '../http/web-providers.ts';
import type { ActiveProviders } from './active-providers.ts';
import { judge, triedBy } from './judge.ts';
import { orEnded } from './broken-verification.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { noteSignIn } from './sign-in-health.ts';

/** What sign-ins by web applications and their sessions ask of the providers. */
export function createWebProviders(active: ActiveProviders, deps: ProviderDeps): WebProviders {
  return {
    async active(providerId) {
      const found = (await active.current()).all.find(({ id }) => id === providerId);
      if (found?.type !== 'web') return null;
      const credential = credentialInUse(found.credentials, deps.now());
      return credential === undefined
        ? null
        : deps.webProviderOf(found.id, found.registration, credential);
    },
    tried: (verificationId) => orEnded(verificationId, () => triedBy(verificationId, deps), deps),
    judge: (verificationId, answer) =>
      orEnded(verificationId, () => judge(verificationId, answer, deps), deps),
    went: (providerId, error) => noteSignIn(providerId, error, active, deps),
  };
}
