import { and, eq, isNull } from 'drizzle-orm';
import type { PortalSessionEnd } from '../../contract/sessions.ts';
import type { WebTokens } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { WebProvider, WebProviders } from '../http/web-providers.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { completeGroups, type GroupReading } from './complete-groups.ts';
import { identityOf } from './session-identity.ts';
import { endedBySystem } from './session-audit.ts';
import {
  endSessions,
  findSession,
  refreshTokenContext,
  tellSessions,
  type StoredSession,
} from './session-store.ts';

export interface ConfirmDependencies extends GroupReading {
  readonly database: Pick<Database, 'db'>;
  readonly providers: Pick<WebProviders, 'active' | 'went'>;
  readonly secrets: SecretBox;
  readonly appendAudit: AppendAudit;
  readonly now: () => Date;
}

/** Milliseconds: groups and profile are as fresh as those of an access token, give or take. */
export const confirmedFor = 3_600_000;

/**
 * Asks Entra anew for the person of a session: `confirmed` with the profile and groups that it tells
 * now, `ended` where it says no, `later` where it can't be asked or knows nothing better: then the
 * session stays as it is. Another instance may have asked meanwhile.
 */
export async function confirmSession(
  session: StoredSession,
  deps: ConfirmDependencies,
): Promise<'confirmed' | 'ended' | 'later'> {
  const current = await findSession(deps.database.db, { id: session.id });
  if (current === null || current.end !== null) return 'ended';
  if (current.confirmedAt > session.confirmedAt) return 'confirmed';
  const provider = await deps.providers.active(current.providerId);
  if (provider === null) return end(current, 'providerRetired', deps);
  const refreshToken = refreshTokenOf(current, deps.secrets);
  if (refreshToken === null) {
    const old = deps.now().getTime() - current.confirmedAt >= confirmedFor;
    return old ? end(current, 'unconfirmed', deps) : 'later';
  }
  try {
    const tokens = await provider.client.refresh(refreshToken, current);
    await deps.providers.went(provider.id, null);
    return await keep(current, tokens, provider, deps);
  } catch (error) {
    if (!(error instanceof WebSignInError)) throw error;
    if (error.ended) return end(current, 'entraRefused', deps, error);
    await deps.providers.went(provider.id, error);
    return 'later';
  }
}

function refreshTokenOf({ id, sealedRefreshToken }: StoredSession, secrets: SecretBox) {
  if (sealedRefreshToken === null) return null;
  try {
    return secrets.unseal(sealedRefreshToken, refreshTokenContext(id));
  } catch {
    // Its key is gone: as if there had been none.
    return null;
  }
}

async function keep(
  session: StoredSession,
  tokens: WebTokens,
  provider: WebProvider,
  deps: ConfirmDependencies,
): Promise<'confirmed' | 'later' | 'ended'> {
  const { id } = session;
  const groups = await completeGroups(tokens, provider, deps);
  // Graph is away: what it told before is not older than it may be on any other day of its.
  const known = session.identity.groups.kind !== 'incomplete';
  if (groups.kind === 'incomplete' && groups.code === 'graph_unreachable' && known) return 'later';
  const identity = identityOf(tokens.person, groups);
  const { refreshToken } = tokens;
  return deps.database.db.transaction(async (tx) => {
    const kept = await tx
      .update(portalSessions)
      .set({
        identity: { ...identity, loginHint: identity.loginHint ?? session.identity.loginHint },
        confirmedAt: deps.now(),
        ...(refreshToken === null
          ? {}
          : { sealedRefreshToken: deps.secrets.seal(refreshToken, refreshTokenContext(id)) }),
      })
      .where(and(eq(portalSessions.id, id), isNull(portalSessions.endedAt)))
      .returning({ id: portalSessions.id });
    if (kept.length === 0) return 'ended';
    await tellSessions(tx, [id]);
    return 'confirmed';
  });
}

async function end(
  session: StoredSession,
  reason: PortalSessionEnd,
  { database, appendAudit, now }: ConfirmDependencies,
  error?: WebSignInError,
): Promise<'ended'> {
  await database.db.transaction(async (tx) => {
    const ended = await endSessions(tx, eq(portalSessions.id, session.id), reason, now());
    for (const one of ended) {
      await appendAudit(tx, endedBySystem(one, reason, error?.said.aadsts ?? null));
    }
  });
  return 'ended';
}
