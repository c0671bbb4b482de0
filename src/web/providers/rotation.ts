import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { isRefused } from '../../domain/secret-expiry.ts';

/** The step that comes next when a secret is replaced without a gap, and by which credential. */
export type RotationStep =
  | { readonly step: 'add' }
  | {
      readonly step: 'verify' | 'promote' | 'retire';
      readonly credential: ProviderCredential;
    };

export const rotationSteps = ['add', 'verify', 'promote', 'retire'] as const;

/**
 * Where a replacement is: what is newer than the current credential goes forward, what stood in before
 * it goes. One that Entra refuses doesn't go forward; where that is the current one, another takes its
 * place. Null until there is a current one: the first verification makes it so.
 */
export function rotationStep(credentials: readonly ProviderCredential[]): RotationStep | null {
  const current = credentials.find(({ status }) => status === 'current');
  if (current === undefined) return null;
  const others = credentials
    .filter((one) => one !== current)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const newer = others.find((one) => !isRefused(one) && one.createdAt > current.createdAt);
  if (newer !== undefined) {
    return { step: newer.status === 'unverified' ? 'verify' : 'promote', credential: newer };
  }
  // One that was never verified was no way in: it says nothing of how far a replacement is.
  const verified = others.filter(({ status }) => status === 'standby');
  const standIn = verified.find((one) => !isRefused(one));
  if (isRefused(current)) {
    return standIn === undefined ? { step: 'add' } : { step: 'promote', credential: standIn };
  }
  const [old] = verified;
  return old === undefined ? { step: 'add' } : { step: 'retire', credential: old };
}
