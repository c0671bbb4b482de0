import { and, eq, isNotNull } from 'drizzle-orm';
import {
  credentialInUse,
  expiryState,
  isRefused,
  type ExpiringCredential,
} from '../../domain/secret-expiry.ts';
import { takesLastWayIn, type WaysInState } from '../../domain/ways-in.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { AdminWays } from '../http/admin-ways.ts';
import type { Transaction } from '../storage/database.ts';
import { portalUsers, providerCredentials, signInProviders } from '../storage/provider-schema.ts';
import { portalAccess } from '../storage/schema.ts';
import { environmentId, environmentName } from './environment-registration.ts';

/** Reads who can come in as Admin, and refuses to take the last way in (R9). */
export function createAdminWays(environment: Registration | null, now: () => Date): AdminWays {
  /** Sign-ins use one that has expired by its date, or was refused, only where there is no other. */
  function isOver(credentials: readonly ExpiringCredential[]): boolean {
    const used = credentialInUse(credentials, now());
    if (used === undefined || isRefused(used)) return true;
    return expiryState(used.expiresAt, now()) === 'expired';
  }

  async function read(tx: Transaction): Promise<WaysInState> {
    const rows = await tx
      .select()
      .from(signInProviders)
      .where(eq(signInProviders.status, 'active'));
    const [access] = await tx.select().from(portalAccess);
    const admins = await tx
      .select()
      .from(portalUsers)
      .where(
        and(
          eq(portalUsers.role, 'admin'),
          eq(portalUsers.disabled, false),
          isNotNull(portalUsers.objectId),
        ),
      );
    const credentials = await tx.select().from(providerCredentials);
    const active = rows.flatMap(({ id, verified, failure }) => {
      if (verified === null || verified.tenantId === null) return [];
      const { type, name, tenantId } = verified;
      const usesGroups = verified.type === 'spa' || verified.usesGroups;
      const own = credentials.filter(({ providerId }) => providerId === id);
      const outOfOrder = type === 'web' && (failure?.code === 'credential_refused' || isOver(own));
      return [{ id, name, type, tenantId, usesGroups, outOfOrder }];
    });
    return {
      providers: [
        ...(environment === null
          ? []
          : [
              {
                id: environmentId,
                name: environmentName,
                type: 'spa' as const,
                tenantId: environment.tenantId,
                usesGroups: true,
              },
            ]),
        ...active,
      ],
      adminGroups: access?.permissions.admin ?? [],
      adminUsers: admins.map(({ id, email, tenantId }) => ({
        id,
        label: email,
        tenantId: tenantId ?? '',
      })),
    };
  }

  return {
    read,
    async require(tx, change) {
      if (takesLastWayIn(await read(tx), change)) throw lastWayIn();
    },
  };
}

function lastWayIn(): ProblemError {
  return new ProblemError(
    409,
    'lockout',
    'Nobody could come in as Admin any more. First let somebody else in as Admin: by another active provider, a group in portal access, or a portal user who has signed in.',
    { details: { reason: 'last_way_in' } },
  );
}
