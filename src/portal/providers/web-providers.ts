import { credentialInUse } from '../../domain/secret-expiry.ts';
import type { WebProvider, WebProviders } from '../http/web-providers.ts';
import type { ActiveProvider, ActiveProviders } from './active-providers.ts';
import { judge, triedBy } from './judge.ts';
import { orEnded } from './broken-verification.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { noteSignIn } from './sign-in-health.ts';

/** What sign-ins by web applications and their sessions ask of the providers. */
export function createWebProviders(active: ActiveProviders, deps: ProviderDeps): WebProviders {
  function ready(found: ActiveProvider | undefined): WebProvider | null {
    if (found?.type !== 'web') return null;
    const credential = credentialInUse(found.credentials, deps.now());
    return credential === undefined
      ? null
      : deps.webProviderOf(found.id, found.registration, credential);
  }

  return {
    async active(providerId) {
      return ready((await active.current()).all.find(({ id }) => id === providerId));
    },
    async primary() {
      return ready((await active.current()).all.find(({ primary }) => primary));
    },
    tried: (verificationId) => orEnded(verificationId, () => triedBy(verificationId, deps), deps),
    judge: (verificationId, answer) =>
      orEnded(verificationId, () => judge(verificationId, answer, deps), deps),
    went: (providerId, error) => noteSignIn(providerId, error, active, deps),
  };
}
