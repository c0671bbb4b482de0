import type { Verification } from '../../contract/provider-verification.ts';
import { isRefused } from '../../domain/secret-expiry.ts';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { credentialFailed } from './verification-advice.ts';

/** Is there something that only counts once it has been verified? */
export function needsVerification({ status, draft }: Pick<Provider, 'status' | 'draft'>): boolean {
  return status !== 'active' || draft !== null;
}

export function verifyTitle(provider: Provider): string {
  if (!needsVerification(provider)) return 'Verification';
  return provider.status === 'active' ? 'Verify the edit' : 'Verify to activate';
}

/**
 * What is still news of a verification; `begunFor`: what it was about, where it was begun on this
 * page. One that passed some time ago isn't: the provider's facts have when, and by whom. Nor is one
 * that failed, once the edit that it tried has been dropped, or the secret retired.
 */
export function worthShowing(
  verification: Verification | null,
  provider: Pick<Provider, 'status' | 'draft' | 'credentials'>,
  begunFor: 'provider' | 'credential' | null,
): Verification | null {
  if (verification === null || verification.state === 'running') return verification;
  if (verification.state === 'passed') return begunFor === null ? null : verification;
  if (needsVerification(provider)) return verification;
  const tried = provider.credentials.find(({ id }) => id === verification.credentialId);
  // Only further ones are tried by themselves: with the current one it was an edit.
  const further = tried !== undefined && tried.status !== 'current';
  return further && (begunFor === 'credential' || credentialFailed(verification))
    ? verification
    : null;
}

const untriedFirst = { unverified: 0, current: 1, standby: 2 } as const;
const currentFirst = { current: 0, unverified: 1, standby: 2 } as const;

/**
 * What it can be verified with, the likeliest first. For an edit of what serves that is the current one;
 * else the newest that was never tried. Those that Microsoft refuses come last.
 */
export function credentialChoices({
  status,
  credentials,
}: Pick<Provider, 'status' | 'credentials'>): ProviderCredential[] {
  const order = status === 'active' ? currentFirst : untriedFirst;
  const rank = (one: ProviderCredential) => order[one.status] + (isRefused(one) ? 3 : 0);
  return credentials.toSorted(
    (a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt),
  );
}
