import { eq } from 'drizzle-orm';
import type { CredentialInput, Provider } from '../../contract/sign-in-providers.ts';
import { expiryState } from '../../domain/secret-expiry.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { By } from '../http/asker.ts';
import type { Transaction } from '../storage/database.ts';
import { providerCredentials } from '../storage/provider-schema.ts';
import type { CredentialRow, ProviderRow } from './active-providers.ts';
import { checkCredential } from './credential-input.ts';
import { auditedCredential, insertCredential } from './credential-store.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { nameOf, requireCredential, requireProvider } from './provider-store.ts';
import { answerOf, inProviderTurn, type Turn } from './provider-turn.ts';

/** More than these at once have no use: Entra's own pages grow slow with them. */
const most = 10;

/** Adds a secret or a certificate, which counts once it has been verified and promoted. */
export async function enterCredential(
  providerId: string,
  input: CredentialInput,
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  const checked = checkCredential(input, '', deps.now());
  return inProviderTurn(by, deps, async ({ tx, actor, audit }) => {
    const { row, credentials } = await requireProvider(tx, providerId);
    if (row.type === 'spa') {
      throw new ProblemError(
        409,
        'provider_without_credentials',
        'A single-page application has no secret and no certificate.',
      );
    }
    if (credentials.length >= most) {
      throw new ProblemError(
        409,
        'too_many_credentials',
        `There are ${most} secrets and certificates already. Retire one that isn’t used any more.`,
      );
    }
    const after = await insertCredential(tx, row.id, checked, actor, deps);
    audit('provider.credentialAdded', nameOf(row), { after });
    return answerOf(tx, row.id, by, deps);
  });
}

/** Uses a verified one from now on; the one before stands by. */
export async function makeCurrent(
  { providerId, credentialId }: { readonly providerId: string; readonly credentialId: string },
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  return inProviderTurn(by, deps, async (turn) => {
    const stored = await requireProvider(turn.tx, providerId);
    const found = requireCredential(stored, credentialId);
    if (found.status === 'unverified') {
      throw new ProblemError(
        409,
        'credential_not_verified',
        'No sign-in has used it yet. Verify it first, so that nobody is locked out by it.',
      );
    }
    if (expiryState(found.expiresAt, deps.now()) === 'expired') {
      throw new ProblemError(409, 'credential_expired', 'It has expired. Add another one.');
    }
    if (found.status === 'standby') await promote(stored.row, stored.credentials, found, turn);
    return answerOf(turn.tx, stored.row.id, by, deps);
  });
}

/**
 * Exchanges the current credential within a turn, and writes it to the audit log. It is tried again
 * where Microsoft had refused it; the current one itself may be given for that alone.
 */
export async function promote(
  row: ProviderRow,
  credentials: readonly CredentialRow[],
  chosen: CredentialRow,
  { tx, audit }: Pick<Turn, 'tx' | 'audit'>,
): Promise<void> {
  const before = credentials.find(({ status }) => status === 'current');
  if (before?.id === chosen.id) return setStatus(tx, chosen.id, 'current');
  if (before !== undefined) await setStatus(tx, before.id, 'standby');
  await setStatus(tx, chosen.id, 'current');
  audit('provider.credentialPromoted', nameOf(row), {
    ...(before === undefined ? {} : { before: auditedCredential(before) }),
    after: auditedCredential(chosen),
  });
}

/** Forgets one. Throws 409 for the current one, and for the last. */
export async function forgetCredential(
  { providerId, credentialId }: { readonly providerId: string; readonly credentialId: string },
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  return inProviderTurn(by, deps, async ({ tx, audit }) => {
    const stored = await requireProvider(tx, providerId);
    const found = requireCredential(stored, credentialId);
    if (found.status === 'current') {
      throw new ProblemError(
        409,
        'credential_in_use',
        'Sign-ins use it. Promote another one first, then retire this one.',
      );
    }
    if (stored.credentials.length === 1) {
      throw new ProblemError(
        409,
        'last_credential',
        'It is the only one. Add another one first, then retire this one.',
      );
    }
    await tx.delete(providerCredentials).where(eq(providerCredentials.id, found.id));
    const before = auditedCredential(found);
    audit('provider.credentialRetired', nameOf(stored.row), { before });
    return answerOf(tx, stored.row.id, by, deps);
  });
}

async function setStatus(
  tx: Transaction,
  id: string,
  status: CredentialRow['status'],
): Promise<void> {
  const again = status === 'current' ? { refused: null } : {};
  await tx
    .update(providerCredentials)
    .set({ status, ...again })
    .where(eq(providerCredentials.id, id));
}
