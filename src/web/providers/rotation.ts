import type { ProviderCredential } from '../../contract/sign-in-providers.ts';

/** The step that comes next when a secret is replaced without a gap, and by which credential. */
export type RotationStep =
  | { readonly step: 'add' }
  | {
      readonly step: 'verify' | 'promote' | 'retire';
      readonly credential: ProviderCredential;
    };

export const rotationSteps = ['add', 'verify', 'promote', 'retire'] as const;

/**
 * Where a replacement is: what is newer than the current credential goes forward, what is older goes.
 * Null until there is a current one: the first verification makes it so.
 */
export function rotationStep(credentials: readonly ProviderCredential[]): RotationStep | null {
  const current = credentials.find(({ status }) => status === 'current');
  if (current === undefined) return null;
  const newestFirst = credentials.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const newer = newestFirst.find(
    ({ status, createdAt }) => status !== 'current' && createdAt > current.createdAt,
  );
  if (newer !== undefined) {
    return { step: newer.status === 'unverified' ? 'verify' : 'promote', credential: newer };
  }
  const older = newestFirst.find(({ status }) => status !== 'current');
  return older === undefined ? { step: 'add' } : { step: 'retire', credential: older };
}
