import { and, eq, gt } from 'drizzle-orm';
import type { VerificationCheck } from '../../contract/provider-verification.ts';
import type { WebRegistration } from '../../contract/sign-in-providers.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { isGuid } from '../../domain/guid.ts';
import { attemptLifetime } from '../../domain/web-sign-in.ts';
import type { WebTokens } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { WebProvider, WebProviders } from '../http/web-providers.ts';
import type { Drizzle, Transaction } from '../storage/database.ts';
import { providerVerifications } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { activate } from './activate.ts';
import type { CredentialRow } from './active-providers.ts';
import { failed, skipRest } from './checks.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { formerAdminCheck } from './former-admin.ts';
import { findProvider, nameOf, type StoredProvider } from './provider-store.ts';
import { lastWayInCheck } from './last-way-in.ts';
import { auditedLast, type Turn } from './provider-turn.ts';
import { isLate, waitingChecks, type VerificationRow } from './shown-verification.ts';
import { checksOfFailure, checkTokens, webCheckNames, type WebTrial } from './web-checks.ts';

interface Tried {
  readonly stored: StoredProvider;
  readonly registration: WebRegistration;
  readonly credential: CredentialRow;
}

/** What a running verification tries; null where that is over, or the provider has been changed. */
export async function triedBy(
  verificationId: string,
  { database: { db }, webProviderOf, now }: ProviderDeps,
): Promise<WebProvider | null> {
  if (!isGuid(verificationId)) return null;
  const [row] = await db
    .select()
    .from(providerVerifications)
    .where(eq(providerVerifications.id, verificationId));
  if (row?.state !== 'running' || isLate(row, now())) return null;
  const tried = await find(db, row);
  return tried === null
    ? null
    : webProviderOf(tried.stored.row.id, tried.registration, tried.credential);
}

/**
 * Judges the answer to a verification, check by check, and activates what passes all of them. The
 * row lets one answer through: the same again, or another one, changes nothing.
 */
export async function judge(
  verificationId: string,
  answer: WebTokens | WebSignInError,
  address: string,
  deps: ProviderDeps,
): ReturnType<WebProviders['judge']> {
  const { db } = deps.database;
  if (!isGuid(verificationId)) return 'over';
  const [row] = await db
    .update(providerVerifications)
    .set({ state: 'judging' })
    .where(
      and(
        eq(providerVerifications.id, verificationId),
        eq(providerVerifications.state, 'running'),
        gt(providerVerifications.startedAt, new Date(deps.now().getTime() - attemptLifetime)),
      ),
    )
    .returning();
  if (row === undefined) return 'over';
  const tried = await find(db, row);
  const checks =
    tried === null ? [changedMeanwhile(row)] : await checksOf(answer, row, tried, deps);
  const said = answer instanceof WebSignInError ? answer.said : null;
  const tenantId = answer instanceof WebSignInError ? null : answer.person.tenantId;
  return finish({ row, checks, said, tenantId, address }, deps);
}

async function checksOf(
  answer: WebTokens | WebSignInError,
  row: VerificationRow,
  { stored, registration, credential }: Tried,
  deps: ProviderDeps,
): Promise<VerificationCheck[]> {
  if (answer instanceof WebSignInError) return checksOfFailure(answer);
  const portalAccess = stored.row.draftPortalAccess;
  const trial: WebTrial = {
    registration,
    credentialKind: credential.kind,
    portalAccess,
    expected: row.expected,
    readGroups: (token, objectId) => deps.readGroups({ graphUrl: deps.graphUrl, token, objectId }),
  };
  const made: VerificationCheck[] = [];
  for await (const check of checkTokens(answer, trial)) {
    made.push(check);
    await note(row.id, made, webCheckNames(portalAccess), deps);
  }
  return made;
}

/** Stores what is known so far, for the page that looks on. */
async function note(
  id: string,
  made: readonly VerificationCheck[],
  names: readonly VerificationCheck['name'][],
  { database: { db } }: ProviderDeps,
): Promise<void> {
  await db
    .update(providerVerifications)
    .set({ checks: [...made, ...waitingChecks(names.slice(made.length))] })
    .where(and(eq(providerVerifications.id, id), eq(providerVerifications.state, 'judging')));
}

interface Outcome {
  readonly row: VerificationRow;
  readonly checks: readonly VerificationCheck[];
  readonly said: WebSignInError['said'] | null;
  readonly tenantId: string | null;
  /** Of the browser that brought the answer. */
  readonly address: string;
}

async function finish(
  { row, checks, said, tenantId, address }: Outcome,
  deps: ProviderDeps,
): Promise<'passed' | 'failed' | 'over'> {
  const names = row.checks.map(({ name }) => name);
  const result = await deps.database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    // Whoever began another one meanwhile has ended this one.
    const [still] = await tx
      .select()
      .from(providerVerifications)
      .where(and(eq(providerVerifications.id, row.id), eq(providerVerifications.state, 'judging')));
    if (still === undefined) return 'over';
    const tried = await find(tx, row);
    const locked = await lockedOut(tx, tried, tenantId, deps);
    const former = await formerAdminCheck(tx, row, portalAccessOf(tried), deps.now());
    const all =
      tried === null ? [changedMeanwhile(row)] : replaced(replaced(checks, locked), former);
    const passed =
      tenantId !== null && tried !== null && all.every(({ state }) => state !== 'failed');
    const shown = skipRest(all, names);
    const state = passed ? 'passed' : 'failed';
    const { aadsts = null, correlationId = null } = said ?? {};
    await auditedLast(tx, { actor: row.startedBy, address }, deps, async (turn) => {
      if (passed) await putInForce(turn, tried, tenantId, deps);
      else await noteFailure(turn, row, shown, aadsts);
      await tx
        .update(providerVerifications)
        .set({ state, checks: shown, aadsts, correlationId, finishedAt: deps.now() })
        .where(eq(providerVerifications.id, row.id));
    });
    return state;
  });
  if (result === 'passed') {
    deps.changed();
    deps.sessions.committed();
  }
  return result;
}

/** What comes into force without that anybody’s groups were compared with it. */
function portalAccessOf(tried: Tried | null): GroupMapping | null {
  if (tried === null || tried.registration.usesGroups) return null;
  return tried.stored.row.draftPortalAccess;
}

/** R9. Null also where the sign-in failed anyhow. */
async function lockedOut(
  tx: Transaction,
  tried: Tried | null,
  tenantId: string | null,
  { adminWays }: ProviderDeps,
): Promise<VerificationCheck | null> {
  if (tried === null || tenantId === null) return null;
  const { name, type, usesGroups } = tried.registration;
  return lastWayInCheck(tx, tried.stored, { name, type, tenantId, usesGroups }, adminWays);
}

function replaced(
  checks: readonly VerificationCheck[],
  by: VerificationCheck | null,
): readonly VerificationCheck[] {
  return by === null ? checks : checks.map((check) => (check.name === by.name ? by : check));
}

async function putInForce(
  turn: Turn,
  { stored, registration, credential }: Tried,
  tenantId: string,
  deps: ProviderDeps,
): Promise<void> {
  await activate({ stored, registration: { ...registration, tenantId }, credential }, turn, deps);
  await bumpRevision(turn.tx, 'provider');
}

async function noteFailure(
  { tx, audit }: Turn,
  { providerId }: VerificationRow,
  checks: readonly VerificationCheck[],
  aadsts: number | null,
): Promise<void> {
  const stored = await findProvider(tx, providerId);
  const subject = stored === undefined ? providerId : nameOf(stored.row);
  // Details may name an account that isn't one of ours: which checks failed is what matters.
  const failures = checks.filter(({ state }) => state === 'failed').map(({ name }) => name);
  audit('provider.verificationFailed', subject, { after: { failed: failures, aadsts } });
}

/** What a verification is about; null where it has been changed since, or is gone. */
async function find(db: Pick<Drizzle, 'select'>, row: VerificationRow): Promise<Tried | null> {
  const stored = await findProvider(db, row.providerId);
  if (stored === undefined || stored.row.revision !== row.revision) return null;
  const registration = stored.row.draft ?? stored.row.verified;
  const credential = stored.credentials.find(({ id }) => id === row.credentialId);
  if (registration?.type !== 'web' || credential === undefined) return null;
  return { stored, registration, credential };
}

function changedMeanwhile({ checks }: VerificationRow): VerificationCheck {
  return failed(
    checks[0]?.name ?? 'response',
    'The provider was changed while it was verified, so nothing was activated. Select Verify Integration again.',
  );
}
