import type { Verification } from '../../contract/provider-verification.ts';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { credentialKindLabels, dayText } from './provider-words.ts';

/** Is there something that only counts once it has been verified? */
export function needsVerification({ status, draft }: Provider): boolean {
  return status !== 'active' || draft !== null;
}

export function verifyTitle(provider: Provider): string {
  if (!needsVerification(provider)) return 'Verification';
  return provider.status === 'active' ? 'Verify the edit' : 'Verify to activate';
}

/** One that passed some time ago isn't news: the provider's facts have when, and by whom. */
export function worthShowing(
  verification: Verification | null,
  begunHere: boolean,
): Verification | null {
  return verification?.state === 'passed' && !begunHere ? null : verification;
}

/** What it can be verified with, the likeliest first: the newest that was never tried, then the current one. */
export function credentialChoices({ credentials }: Provider): ProviderCredential[] {
  const rank = { unverified: 0, current: 1, standby: 2 } as const;
  return credentials.toSorted(
    (a, b) => rank[a.status] - rank[b.status] || b.createdAt.localeCompare(a.createdAt),
  );
}

const statusWords: Readonly<Record<ProviderCredential['status'], string>> = {
  unverified: 'not verified yet',
  current: 'current',
  standby: 'stands by',
};

/** `Client secret abc…, stands by, expires Dec 5, 2026`: secrets may begin alike. */
export function credentialName({ kind, hint, status, expiresAt }: ProviderCredential): string {
  const name = `${credentialKindLabels[kind]} ${hintText({ kind, hint })}, ${statusWords[status]}`;
  return expiresAt === null ? name : `${name}, expires ${dayText(expiresAt)}`;
}

/** Of a secret only its beginning is known; a certificate is told by its thumbprint. */
export function hintText({ kind, hint }: Pick<ProviderCredential, 'kind' | 'hint'>): string {
  return kind === 'secret' ? `${hint}…` : hint;
}
