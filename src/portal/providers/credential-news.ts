import { eq } from 'drizzle-orm';
import type { WebRegistration } from '../../contract/sign-in-providers.ts';
import { credentialInUse, credentialsToTry, isRefused } from '../../domain/secret-expiry.ts';
import type { WebSignInError } from '../../entra/web-sign-in-error.ts';
import { providerCredentials, signInProviders } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { systemActor } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { CredentialRow } from './active-providers.ts';
import { promote } from './credentials.ts';
import { auditedCredential } from './credential-store.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { findProvider, nameOf, type StoredProvider } from './provider-store.ts';
import { auditedLast, type Turn } from './provider-turn.ts';
import { sameApplication } from './registration-rules.ts';

/** A credential that a sign-in or a renewal used. */
interface Used {
  readonly id: string;
  /** What it was tried with: of another application it says nothing. */
  readonly registration: WebRegistration;
  readonly credential: Pick<CredentialRow, 'id'>;
}

/**
 * Notes that Microsoft refused a credential, once, however many sign-ins and instances meet it; all
 * of them go on with what is answered, in that order.
 */
export async function noteRefusal(
  used: Used,
  { code, said: { aadsts } }: WebSignInError,
  deps: ProviderDeps,
): Promise<readonly CredentialRow[]> {
  const at = deps.now();
  const refused = { at: at.toISOString(), aadsts };
  const order = await inTurn(used, deps, async ({ row, credentials }, found, { tx, audit }) => {
    const after = credentials.map((one) =>
      one.id === found.id ? { ...one, refused: one.refused ?? refused } : one,
    );
    const next = credentialsToTry(after, at);
    if (isRefused(found)) return { changed: false, next };
    const failure = { at: refused.at, code, aadsts, credentialId: found.id };
    await setRefused(tx, found.id, refused);
    await tx.update(signInProviders).set({ failure }).where(eq(signInProviders.id, row.id));
    audit('provider.failing', nameOf(row), {
      before: row.failure,
      after: { ...failure, credential: auditedCredential(found) },
    });
    return { changed: true, next };
  });
  return order?.next ?? [];
}

/**
 * Notes that Microsoft took a credential that only stood by, or had been refused: it is the one to
 * use from now on, unless another one is by now.
 */
export async function noteTaken(used: Used, deps: ProviderDeps): Promise<void> {
  await inTurn(used, deps, async ({ row, credentials }, found, { tx, audit }) => {
    const inUse = credentialInUse(credentials, deps.now());
    const good = found.status === 'current' && !isRefused(found);
    const replaces = inUse === undefined || inUse.id === found.id || isRefused(inUse);
    if (good || (!replaces && !isRefused(found))) return { changed: false };
    if (replaces) await promote(row, credentials, found, { tx, audit });
    else await setRefused(tx, found.id, null);
    return { changed: true };
  });
}

/** Undefined where the credential is gone, or of another application by now. */
async function inTurn<T extends { readonly changed: boolean }>(
  { id, registration, credential }: Used,
  deps: ProviderDeps,
  work: (stored: StoredProvider, found: CredentialRow, turn: Turn) => Promise<T>,
): Promise<T | undefined> {
  const done = await deps.database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const stored = await findProvider(tx, id);
    const verified = stored?.row.status === 'active' ? stored.row.verified : null;
    const found = stored?.credentials.find((one) => one.id === credential.id);
    if (stored === undefined || found === undefined || found.status === 'unverified')
      return undefined;
    if (verified === null || !sameApplication(verified, registration)) return undefined;
    return auditedLast(tx, { actor: systemActor, address: null }, deps, async (turn) => {
      const result = await work(stored, found, turn);
      if (result.changed) await bumpRevision(tx, 'provider');
      return result;
    });
  });
  if (done?.changed === true) deps.changed();
  return done;
}

async function setRefused(
  tx: Turn['tx'],
  id: string,
  refused: CredentialRow['refused'],
): Promise<void> {
  await tx.update(providerCredentials).set({ refused }).where(eq(providerCredentials.id, id));
}
