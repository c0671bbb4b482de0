import { eq } from 'drizzle-orm';
import type { WebRegistration } from '../../contract/sign-in-providers.ts';
import { credentialInUse, isRefused } from '../../domain/secret-expiry.ts';
import type { WebSignInError } from '../../entra/web-sign-in-error.ts';
import { providerCredentials, signInProviders } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { CredentialRow } from './active-providers.ts';
import { nameOf } from './credentials.ts';
import { auditedCredential } from './credential-store.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { findProvider } from './provider-store.ts';
import { auditedLast } from './provider-turn.ts';
import { sameApplication } from './registration-rules.ts';
import { system } from './sign-in-health.ts';

interface Refused {
  readonly id: string;
  /** What it was tried with: of another application its refusal says nothing. */
  readonly registration: WebRegistration;
  readonly refused: CredentialRow;
}

/**
 * Notes that Microsoft refused a credential that sign-ins use, once, however many sign-ins and
 * instances meet it; all of them go on with the one that is answered. Null: no other is left.
 */
export async function noteRefusal(
  { id, registration, refused: { id: credentialId } }: Refused,
  { code, said: { aadsts } }: WebSignInError,
  deps: ProviderDeps,
): Promise<CredentialRow | null> {
  const at = deps.now();
  const noted = await deps.database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const stored = await findProvider(tx, id);
    const { row } = stored ?? {};
    const known = row?.status === 'active' && row.verified?.type === 'web' ? row.verified : null;
    if (stored === undefined || known === null || !sameApplication(known, registration)) {
      return { written: false, next: null };
    }
    const refused = { at: at.toISOString(), aadsts };
    const credentials = stored.credentials.map((one) =>
      one.id === credentialId ? { ...one, refused: one.refused ?? refused } : one,
    );
    const used = credentialInUse(credentials, at);
    const next = used === undefined || isRefused(used) ? null : used;
    const before = stored.credentials.find((one) => one.id === credentialId);
    if (before === undefined || before.status === 'unverified' || isRefused(before)) {
      return { written: false, next };
    }
    await auditedLast(tx, { actor: system, address: null }, deps, async ({ audit }) => {
      const { failure: was } = stored.row;
      const failure = { at: refused.at, code, aadsts, credentialId };
      await tx
        .update(providerCredentials)
        .set({ refused })
        .where(eq(providerCredentials.id, credentialId));
      await tx.update(signInProviders).set({ failure }).where(eq(signInProviders.id, id));
      await bumpRevision(tx, 'provider');
      const after = { ...failure, credential: auditedCredential(before) };
      audit('provider.failing', nameOf(stored.row), { before: was, after });
    });
    return { written: true, next };
  });
  if (noted.written) deps.changed();
  return noted.next;
}
