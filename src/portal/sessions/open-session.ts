import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { WebTokens } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { WebProvider } from '../http/web-providers.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { portalSessions, signInProviders } from '../storage/provider-schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { completeGroups, type GroupReading } from './complete-groups.ts';
import { newSecret, secretHash } from './recovery-link.ts';
import { identityOf } from './session-identity.ts';
import { endSessions, isOf, refreshTokenContext } from './session-store.ts';

export interface OpenDependencies extends GroupReading {
  readonly database: Pick<Database, 'db'>;
  readonly secrets: SecretBox;
  readonly now: () => Date;
}

// Any constant will do, as long as nothing else in the database locks by it and another number.
const openLock = 7_246_002;

/** Open at once by one person: more than anybody has browsers, and few enough for a loop. */
const mostOfOne = 20;

type Person = Pick<WebTokens['person'], 'tenantId' | 'objectId'>;

export interface OpenedSession {
  /** The cookie's value; only its hash is stored. */
  readonly secret: string;
  /** Those that ended with it. */
  readonly ended: readonly string[];
}

/**
 * Opens a session, always with a new secret: nobody may know it from before (session fixation). The
 * one that the browser had ends with it, and the oldest of too many.
 */
export async function openSession(
  tokens: WebTokens,
  provider: WebProvider,
  { address, replaces }: { readonly address: string; readonly replaces: string | null },
  deps: OpenDependencies,
): Promise<OpenedSession> {
  const { person, refreshToken } = tokens;
  const identity = identityOf(person, await completeGroups(tokens, provider, deps));
  const id = randomUUID();
  const secret = newSecret();
  const now = deps.now();
  const ended = await deps.database.db.transaction(async (tx) => {
    await requireUnchanged(tx, provider, person.tenantId);
    // One at a time of a person, so that each counts those of the others.
    const key = `${person.tenantId} ${person.objectId}`;
    await tx.execute(sql`select pg_advisory_xact_lock(${openLock}, hashtext(${key}))`);
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
    const over = await idsOfTooMany(tx, person, [id, replaces]);
    const ids = replaces === null ? over : [replaces, ...over];
    return ids.length === 0
      ? []
      : endSessions(tx, inArray(portalSessions.id, ids), 'replaced', now);
  });
  return { secret, ended: ended.map((session) => session.id) };
}

/** Of a person's others, those beyond the newest ones. */
async function idsOfTooMany(
  tx: Transaction,
  person: Person,
  but: readonly (string | null)[],
): Promise<string[]> {
  const others = but.filter((id) => id !== null).map((id) => ne(portalSessions.id, id));
  const rows = await tx
    .select({ id: portalSessions.id })
    .from(portalSessions)
    .where(and(isOf(person), isNull(portalSessions.endedAt), ...others))
    .orderBy(desc(portalSessions.openedAt), desc(portalSessions.id))
    .offset(mostOfOne - 1);
  return rows.map(({ id }) => id);
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
