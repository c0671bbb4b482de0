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
      one === found ? { ...one, refused: one.refused ?? refused } : one,
    );
    const next = credentialsToTry(after, at);
    // Another one may have its place already, and nobody has asked that one.
    if (found === undefined || isRefused(found)) return { changed: false, next };
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
    if (found === undefined) return { changed: false };
    const inUse = credentialInUse(credentials, deps.now());
    const good = found.status === 'current' && !isRefused(found);
    const replaces = inUse === undefined || inUse.id === found.id || isRefused(inUse);
    if (good || (!replaces && !isRefused(found))) return { changed: false };
    if (replaces) await promote(row, credentials, found, { tx, audit });
    else await setRefused(tx, found.id, null);
    for (const one of credentials) {
      if (sharesRefusal(one, found)) await setRefused(tx, one.id, null);
    }
    return { changed: true };
  });
}

/**
 * `found` is undefined where the credential is gone, or waits to be verified again; the answer, where
 * it was one of another application, or the provider signs nobody in by now.
 */
async function inTurn<T extends { readonly changed: boolean }>(
  { id, registration, credential }: Used,
  deps: ProviderDeps,
  work: (stored: StoredProvider, found: CredentialRow | undefined, turn: Turn) => Promise<T>,
): Promise<T | undefined> {
  const done = await deps.database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const stored = await findProvider(tx, id);
    const verified = stored?.row.status === 'active' ? stored.row.verified : null;
    if (stored === undefined || verified === null) return undefined;
    if (!sameApplication(verified, registration)) return undefined;
    const found = stored.credentials.find(
      ({ id: own, status }) => own === credential.id && status !== 'unverified',
    );
    return auditedLast(tx, { actor: systemActor, address: null }, deps, async (turn) => {
      const result = await work(stored, found, turn);
      if (result.changed) await bumpRevision(tx, 'provider');
      return result;
    });
  });
  if (done?.changed === true) deps.changed();
  return done;
}

/** Of the registration, whatever is sent: the client is public, or was made so that it has no secret. */
const ofRegistration: ReadonlySet<number | null> = new Set([700025, 7000218]);

/** Was it refused for what was wrong with another one too, and is right now? */
function sharesRefusal(one: CredentialRow, taken: CredentialRow): boolean {
  const code = taken.refused?.aadsts ?? null;
  return one.id !== taken.id && one.refused?.aadsts === code && ofRegistration.has(code);
}

async function setRefused(
  tx: Turn['tx'],
  id: string,
  refused: CredentialRow['refused'],
): Promise<void> {
  await tx.update(providerCredentials).set({ refused }).where(eq(providerCredentials.id, id));
}
