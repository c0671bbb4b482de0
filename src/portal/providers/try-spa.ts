import type { BodyOf } from '../../contract/endpoint.ts';
import type { trySpaProvider, Verification } from '../../contract/provider-verification.ts';
import { emptyMapping } from '../../domain/group-mapping.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { By } from '../http/asker.ts';
import { providerVerifications } from '../storage/provider-schema.ts';
import { activate } from './activate.ts';
import { expectedPerson } from './person-check.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { nameOf, requireProvider } from './provider-store.ts';
import { inProviderTurn, requireRevision, type Turn } from './provider-turn.ts';
import { shownVerification } from './shown-verification.ts';
import { checkSpa } from './spa-checks.ts';

/**
 * Verifies a single-page application with the tokens of a real sign-in, and activates it where every
 * check passes. Throws 412 where it isn't the revision that was tried, also when that changes
 * meanwhile: nothing is activated then.
 */
export async function trySpa(
  id: string,
  { revision, accessToken, graphAccessToken }: BodyOf<typeof trySpaProvider>,
  by: By,
  deps: ProviderDeps,
): Promise<Verification> {
  const { snapshot } = by.asker;
  const stored = await requireProvider(deps.database.db, id);
  requireRevision(stored, revision, by, deps);
  const registration = stored.row.draft ?? stored.row.verified;
  if (registration?.type !== 'spa') throw notSpa();
  const checks = await checkSpa({
    verifier: deps.prepare(stored.row.id, registration).verifier,
    portalAccess: stored.row.draftPortalAccess ?? snapshot.portalAccess ?? emptyMapping,
    users: snapshot.users,
    expected: expectedPerson(by.asker),
    accessToken,
    graphAccessToken,
    readGroups: (token, objectId) => deps.readGroups({ graphUrl: deps.graphUrl, token, objectId }),
  });
  // Details may name an account that isn't one of ours: which checks failed is what matters.
  const failed = checks.filter(({ state }) => state === 'failed').map(({ name }) => name);
  const passed = failed.length === 0;
  const attempt = async (turn: Turn): Promise<Verification> => {
    const now = await requireProvider(turn.tx, id);
    requireRevision(now, revision, by, deps);
    if (passed) await activate({ stored: now, registration, credential: null }, turn, deps);
    else turn.audit('provider.verificationFailed', nameOf(now.row), { after: { failed } });
    const [row] = await turn.tx
      .insert(providerVerifications)
      .values({
        providerId: now.row.id,
        revision: now.row.revision,
        state: passed ? 'passed' : 'failed',
        checks,
        startedAt: deps.now(),
        startedBy: turn.actor,
        finishedAt: deps.now(),
      })
      .returning();
    if (row === undefined) throw new Error('the verification was not stored');
    return shownVerification(row, deps.now());
  };
  return inProviderTurn(by, deps, attempt, () => passed);
}

function notSpa(): ProblemError {
  return new ProblemError(
    409,
    'provider_not_spa',
    'A web application is verified by Verify Integration, which signs in through the server.',
  );
}
