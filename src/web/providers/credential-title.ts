import type { Verification } from '../../contract/provider-verification.ts';
import { isRefused } from '../../domain/secret-expiry.ts';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { credentialKindLabels } from '../ui/provider-labels.ts';
import { dayText } from './provider-words.ts';

/** Of a secret only its beginning is known; a certificate is told by its thumbprint. */
export function hintText({ kind, hint }: Pick<ProviderCredential, 'kind' | 'hint'>): string {
  return kind === 'secret' ? `${hint}…` : hint;
}

const added = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const addedExactly = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** What tells those apart that begin alike, the plainest first. */
const differences: readonly ((one: ProviderCredential) => string | null)[] = [
  ({ expiresAt }) => (expiresAt === null ? null : `expires ${dayText(expiresAt)}`),
  ({ createdAt }) => `added ${added.format(new Date(createdAt))}`,
  ({ createdAt }) => `added ${addedExactly.format(new Date(createdAt))}`,
];

/**
 * `Client secret abc…`; where others of the provider begin alike: `Client secret abc… (expires Dec 5,
 * 2026)`. A screen reader has nothing else to tell the buttons of rows apart by.
 */
export function credentialTitle(
  credential: ProviderCredential,
  all: readonly ProviderCredential[],
): string {
  const title = `${credentialKindLabels[credential.kind]} ${hintText(credential)}`;
  const alike = all.filter(
    ({ kind, hint }) => kind === credential.kind && hint === credential.hint,
  );
  if (alike.length < 2) return title;
  const tells = differences.find((told) => {
    const texts = new Set(alike.map(told));
    return texts.size === alike.length && !texts.has(null);
  });
  return tells === undefined ? title : `${title} (${tells(credential) ?? ''})`;
}

const statusWords: Readonly<Record<ProviderCredential['status'], string>> = {
  unverified: 'not verified yet',
  current: 'current',
  standby: 'stands by',
};

/** One among others to choose from: `Client secret abc…, stands by, expires Dec 5, 2026`. */
export function credentialName(
  credential: ProviderCredential,
  all: readonly ProviderCredential[],
): string {
  const { status, expiresAt } = credential;
  const title = credentialTitle(credential, all);
  const name = `${title}, ${isRefused(credential) ? 'refused' : statusWords[status]}`;
  const expires = expiresAt === null ? null : `expires ${dayText(expiresAt)}`;
  return expires === null || title.includes(expires) ? name : `${name}, ${expires}`;
}

/** Which one a verification tries or tried; null for a single-page application. */
export function triedTitle(
  { credentialId }: Pick<Verification, 'credentialId'>,
  all: readonly ProviderCredential[],
): string | null {
  if (credentialId === null) return null;
  const tried = all.find(({ id }) => id === credentialId);
  return tried === undefined ? 'one that has been retired since' : credentialTitle(tried, all);
}
