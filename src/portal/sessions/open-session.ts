import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { WebTokens } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { WebProvider } from '../http/web-providers.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { portalSessions, signInProviders } from '../storage/provider-schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { completeGroups, type GroupReading } from './complete-groups.ts';
import { newSecret, secretHash } from './recovery-link.ts';
import { identityOf } from './session-identity.ts';
import { endSessions, refreshTokenContext } from './session-store.ts';

export interface OpenDependencies extends GroupReading {
  readonly database: Pick<Database, 'db'>;
  readonly secrets: SecretBox;
  readonly now: () => Date;
}

/**
 * Opens a session, always with a new secret: nobody may know it from before (session fixation). The
 * one that the browser had ends with it. Answers the cookie's value; only its hash is stored.
 */
export async function openSession(
  tokens: WebTokens,
  provider: WebProvider,
  { address, replaces }: { readonly address: string; readonly replaces: string | null },
  deps: OpenDependencies,
): Promise<string> {
  const { person, refreshToken } = tokens;
  const identity = identityOf(person, await completeGroups(tokens, provider, deps));
  const id = randomUUID();
  const secret = newSecret();
  const now = deps.now();
  await deps.database.db.transaction(async (tx) => {
    await requireUnchanged(tx, provider, person.tenantId);
    await tx.insert(portalSessions).values({
      id,
      secretHash: secretHash(secret),
      providerId: provider.id,
      tenantId: person.tenantId,
      objectId: person.objectId,
      name: person.name?.trim() || person.userPrincipalName || person.objectId,
      identity,
      entraSessionId: person.sessionId,
      sealedRefreshToken:
        refreshToken === null ? null : deps.secrets.seal(refreshToken, refreshTokenContext(id)),
      address,
      confirmedAt: now,
      openedAt: now,
      lastSeenAt: now,
    });
    if (replaces !== null) {
      await endSessions(tx, eq(portalSessions.id, replaces), 'replaced', now);
    }
  });
  return secret;
}

/**
 * Redeeming takes its time, and a provider can be retired or changed meanwhile. The lock lets nobody
 * do so before the session is there to be ended with it.
 */
async function requireUnchanged(
  tx: Transaction,
  { id, usesGroups }: Pick<WebProvider, 'id' | 'usesGroups'>,
  tenantId: string,
): Promise<void> {
  const [row] = await tx
    .select({ status: signInProviders.status, verified: signInProviders.verified })
    .from(signInProviders)
    .where(eq(signInProviders.id, id))
    .for('share');
  const now = row?.status === 'active' && row.verified?.type === 'web' ? row.verified : null;
  if (now?.tenantId === tenantId && now.usesGroups === usesGroups) return;
  throw new WebSignInError('provider_inactive', 'The provider was retired or changed meanwhile.');
}
