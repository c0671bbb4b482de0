import { and, eq, inArray } from 'drizzle-orm';
import type { FastifyReply } from 'fastify';
import type { Verification } from '../../contract/provider-verification.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { By } from '../http/asker.ts';
import type { BeginSignIn } from '../http/web-providers.ts';
import type { Transaction } from '../storage/database.ts';
import { providerVerifications } from '../storage/provider-schema.ts';
import type { CredentialRow } from './active-providers.ts';
import { failed, skipRest } from './checks.ts';
import { expectedPerson } from './person-check.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { requireCredential, requireProvider, type StoredProvider } from './provider-store.ts';
import { inProviderTurn, type Turn } from './provider-turn.ts';
import { shownVerification, waitingChecks } from './shown-verification.ts';
import { webCheckNames } from './web-checks.ts';

interface Wish {
  readonly providerId: string;
  /** Absent: the current one, or the only one. */
  readonly credentialId: string | undefined;
}

/** Begins the real sign-in that tries what was entered. One runs at a time for each provider. */
export async function beginVerification(
  { providerId, credentialId }: Wish,
  by: By,
  reply: FastifyReply,
  beginSignIn: BeginSignIn,
  deps: ProviderDeps,
): Promise<{ verification: Verification; url: string }> {
  const { principal } = by.asker;
  const start = async ({ tx, actor }: Turn) => {
    const stored = await requireProvider(tx, providerId);
    const { row } = stored;
    const registration = row.draft ?? row.verified;
    if (registration?.type !== 'web') throw notWeb();
    const credential =
      credentialId === undefined ? theOne(stored) : requireCredential(stored, credentialId);
    await endRunning(tx, row.id, deps.now());
    const [verification] = await tx
      .insert(providerVerifications)
      .values({
        providerId: row.id,
        revision: row.revision,
        credentialId: credential.id,
        state: 'running',
        checks: waitingChecks(webCheckNames(row.draftPortalAccess)),
        startedAt: deps.now(),
        startedBy: actor,
        expected: expectedPerson(by.asker),
        recoverySession: principal.kind === 'recovery' ? principal.sessionHash : null,
      })
      .returning();
    if (verification === undefined) throw new Error('the verification was not stored');
    return { verification, provider: deps.webProviderOf(row.id, registration, credential) };
  };
  const started = await inProviderTurn(by, deps, start, () => false);
  const { verification, provider } = started;
  const url = await beginSignIn(
    {
      purpose: 'verification',
      providerId: provider.id,
      verificationId: verification.id,
      returnTo: '/',
      // Whoever is signed in at Microsoft already needn't be who is asked for here.
      prompt: 'select_account',
    },
    provider,
    reply,
  );
  return { verification: shownVerification(verification, deps.now()), url: url.href };
}

function theOne({ credentials }: StoredProvider): CredentialRow {
  const current = credentials.find(({ status }) => status === 'current');
  const only = credentials.length === 1 ? credentials[0] : undefined;
  const found = current ?? only;
  if (found !== undefined) return found;
  throw new ProblemError(
    409,
    'credential_not_named',
    'There are several secrets or certificates, and none is in use: say which one to try.',
  );
}

/** An answer to one that was begun before counts no more. */
async function endRunning(tx: Transaction, providerId: string, now: Date): Promise<void> {
  const running = await tx
    .select()
    .from(providerVerifications)
    .where(
      and(
        eq(providerVerifications.providerId, providerId),
        inArray(providerVerifications.state, ['running', 'judging']),
      ),
    );
  for (const { id, checks } of running) {
    const [first] = checks;
    const over = first === undefined ? [] : [failed(first.name, 'Another one was begun after it.')];
    await tx
      .update(providerVerifications)
      .set({
        state: 'failed',
        checks: skipRest(
          over,
          checks.map(({ name }) => name),
        ),
        finishedAt: now,
      })
      .where(eq(providerVerifications.id, id));
  }
}

function notWeb(): ProblemError {
  return new ProblemError(
    409,
    'provider_not_web',
    'A single-page application is verified by the page, with the tokens of its own sign-in.',
  );
}
