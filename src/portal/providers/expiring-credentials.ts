import { eq } from 'drizzle-orm';
import type { Overview } from '../../contract/overview.ts';
import { expiryState, isReplaced, type ExpiryState } from '../../domain/secret-expiry.ts';
import type { Drizzle } from '../storage/database.ts';
import { providerCredentials, signInProviders } from '../storage/provider-schema.ts';

export type ExpiringCredential = NonNullable<Overview['expiringCredentials']>[number] & {
  readonly state: Exclude<ExpiryState, 'fine'>;
};

/**
 * Secrets and certificates of active providers that expire within 30 days, or have; those that end
 * first stand first. Ones of them that were never verified count as well: somebody means to use
 * them. By a provider that was never verified, or is retired, nobody signs in: there is no warning.
 */
export async function findExpiringCredentials(
  db: Pick<Drizzle, 'select'>,
  now: Date,
): Promise<ExpiringCredential[]> {
  const rows = await db
    .select({ credential: providerCredentials, verified: signInProviders.verified })
    .from(providerCredentials)
    .innerJoin(signInProviders, eq(signInProviders.id, providerCredentials.providerId))
    .where(eq(signInProviders.status, 'active'));
  return rows
    .flatMap(({ credential, verified }): ExpiringCredential[] => {
      const { id, providerId, kind, expiresAt } = credential;
      const state = expiryState(expiresAt, now);
      if (state === 'fine' || expiresAt === null) return [];
      const others = rows
        .filter((other) => other.credential.providerId === providerId)
        .map((other) => other.credential);
      return [
        {
          providerId,
          providerName: verified?.name ?? '',
          credentialId: id,
          kind,
          expiresAt: expiresAt.toISOString(),
          replaced: isReplaced(credential, others),
          state,
        },
      ];
    })
    .toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}
