import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { isReplaced } from '../../domain/secret-expiry.ts';
import { dayText, stateOf } from './provider-words.ts';

/** What to do about a secret or certificate that ends soon, or has. `now`: milliseconds since 1970. */
export function expiryAdvice(
  { status, credentials }: Pick<Provider, 'status' | 'credentials'>,
  serving: ProviderCredential & { readonly expiresAt: string },
  now: number,
): string {
  const until = dayText(serving.expiresAt);
  const expired = stateOf(serving, now) === 'expired';
  if (status !== 'active') {
    return expired
      ? `It was good until ${until}. Make another one in Entra, add it below, and verify with that.`
      : `It is good until ${until}. Nobody signs in by it now: verify it before that, or add another one below and verify with that.`;
  }
  if (expired) {
    return `It was good until ${until}: nobody can sign in by it. Make another one in Entra, add it below, verify and promote it.`;
  }
  return isReplaced(dated(serving), credentials.map(dated))
    ? `It is good until ${until}. Another one that lasts longer was verified and stands by: promote it below; sign-ins go on all the while.`
    : `It is good until ${until}. Add a second one below, verify and promote it; sign-ins go on all the while.`;
}

function dated({ status, expiresAt, refused }: ProviderCredential) {
  return { status, refused, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
