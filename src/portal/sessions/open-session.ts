import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { WebTokens } from '../../entra/web-client.ts';
import type { WebProvider } from '../http/web-providers.ts';
import type { Database } from '../storage/database.ts';
import { portalSessions } from '../storage/provider-schema.ts';
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
