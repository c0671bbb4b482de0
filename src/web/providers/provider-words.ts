import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import {
  credentialInUse,
  daysLeft,
  expiryState,
  isRefused,
  type ExpiryState,
} from '../../domain/secret-expiry.ts';

export interface StatusBadge {
  readonly text: string;
  readonly color: 'success' | 'warning' | 'danger' | 'informative' | 'brand';
}

/** What a list has to say of a provider at one glance, the most basic first. `now`: milliseconds since 1970. */
export function statusBadges(provider: Provider, now: number): StatusBadge[] {
  const { status, draft, failure } = provider;
  const badges: StatusBadge[] = [statuses[status]];
  if (status === 'active' && draft !== null) {
    badges.push({ text: 'Edit waits for verification', color: 'warning' });
  }
  const expiry = expiryBadge(provider, now);
  if (expiry !== null) badges.push(expiry);
  for (const { kind, hint, refused } of provider.credentials.filter(isRefused)) {
    const what = `${kind === 'secret' ? 'Secret' : 'Certificate'} ${hint.slice(0, 8)}…`;
    badges.push({ text: `${what} refused${codeText(refused)}`, color: 'danger' });
  }
  if (failure !== null) {
    badges.push({ text: `Sign-ins fail${codeText(failure)}`, color: 'danger' });
  }
  return badges;
}

function codeText(told: { readonly aadsts: number | null } | null): string {
  const aadsts = told?.aadsts ?? null;
  return aadsts === null ? '' : `: AADSTS${aadsts}`;
}

const statuses: Readonly<Record<Provider['status'], StatusBadge>> = {
  active: { text: 'Active', color: 'success' },
  unverified: { text: 'Verify to activate', color: 'warning' },
  retired: { text: 'Retired', color: 'informative' },
};

/** The secret or certificate that sign-ins use; before the first verification the one that was entered first. */
export function servingCredential(
  credentials: readonly ProviderCredential[],
  now: number,
): ProviderCredential | null {
  const dated = credentials.map((credential) => ({
    credential,
    status: credential.status,
    refused: credential.refused,
    expiresAt: credential.expiresAt === null ? null : new Date(credential.expiresAt),
  }));
  return credentialInUse(dated, new Date(now))?.credential ?? credentials[0] ?? null;
}

function expiryBadge({ credentials }: Provider, now: number): StatusBadge | null {
  const serving = servingCredential(credentials, now);
  if (serving === null) return null;
  const state = stateOf(serving, now);
  if (state === 'fine') return null;
  return { text: expiryText(serving, now), color: expiryColor(state) };
}

/** How near its end a secret or certificate is. */
export function stateOf({ expiresAt }: { readonly expiresAt: string | null }, now: number) {
  return expiryState(expiresAt === null ? null : new Date(expiresAt), new Date(now));
}

export function expiryColor(state: ExpiryState): StatusBadge['color'] {
  if (state === 'fine') return 'informative';
  return state === 'expired' || state === 'in1' ? 'danger' : 'warning';
}

/** `Secret expires in 6 days`, `Certificate expired`. */
export function expiryText(
  { kind, expiresAt }: { kind: ProviderCredential['kind']; expiresAt: string | null },
  now: number,
): string {
  const what = kind === 'secret' ? 'Secret' : 'Certificate';
  if (expiresAt === null) return `${what} without a known end`;
  const days = daysLeft(new Date(expiresAt), new Date(now));
  if (days === 0) return `${what} expired`;
  return days === 1 ? `${what} expires within a day` : `${what} expires in ${days} days`;
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** The day of a timestamp: Entra shows ends of secrets by their day. */
export function dayText(timestamp: string): string {
  return dates.format(new Date(timestamp));
}
