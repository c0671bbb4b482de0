import { and, eq, ne } from 'drizzle-orm';
import type { ProviderRegistration } from '../../contract/sign-in-providers.ts';
import { emptyMapping } from '../../domain/group-mapping.ts';
import type { Transaction } from '../storage/database.ts';
import { providerCredentials, signInProviders } from '../storage/provider-schema.ts';
import { portalAccess } from '../storage/schema.ts';
import type { CredentialRow } from './active-providers.ts';
import { auditedCredential } from './credential-store.ts';
import type { ProviderDeps } from './provider-deps.ts';
import type { StoredProvider } from './provider-store.ts';
import { updateProvider, type Turn } from './provider-turn.ts';
import { sameApplication } from './registration-rules.ts';

export interface Verified {
  readonly stored: StoredProvider;
  /** What was tried, with its tenant pinned. */
  readonly registration: ProviderRegistration;
  /** What it was tried with; null for a single-page application. */
  readonly credential: CredentialRow | null;
}

/**
 * Puts what passed its verification in force: all of it or nothing. A provider that has nothing new
 * to verify keeps serving; then only the credential that was tried counts from now on.
 */
export async function activate(
  { stored: { row, credentials }, registration, credential }: Verified,
  turn: Turn,
  deps: ProviderDeps,
): Promise<void> {
  const { tx, actor, audit } = turn;
  const { name } = registration;
  const before = row.verified;
  const { status } = row;
  await updateProvider(tx, row, {
    status: 'active',
    verified: registration,
    draft: null,
    draftPortalAccess: null,
    verifiedAt: deps.now(),
    verifiedBy: actor,
    isPrimary: row.isPrimary || (deps.environment === null && !(await hasPrimary(tx, row.id))),
  });
  // Sessions have the groups that they were opened with, and a person of the tenant before.
  if (before !== null && !letsInAlike(before, registration)) {
    await deps.sessions.ofProvider(tx, row.id);
  }
  audit('provider.verified', name, { after: { registration } });
  if (credential !== null) {
    const other = before !== null && !sameApplication(before, registration);
    if (other) await distrust(tx, row.id, credential.id);
    const used = await countCredential(credential, other ? [] : credentials, name, turn, deps);
    // A failure of the one that sign-ins use stays until that works.
    if (used === 'current' && row.failure !== null) await recovered(row, name, turn);
  }
  if (status !== 'active' || row.draft !== null) {
    audit('provider.activated', name, {
      before: { status, registration: before },
      after: { status: 'active', registration },
    });
  }
  if (row.draftPortalAccess !== null) await putPortalAccess(row.draftPortalAccess, turn, deps);
}

/** Whoever came in by the one: are they somebody by the other, with the same groups? */
function letsInAlike(one: ProviderRegistration, other: ProviderRegistration): boolean {
  const groups = (each: ProviderRegistration) => each.type === 'spa' || each.usesGroups;
  return one.tenantId === other.tenantId && groups(one) === groups(other);
}

/** It has signed somebody in: it is the current one where there is none, and stands by otherwise. */
async function countCredential(
  credential: CredentialRow,
  credentials: readonly CredentialRow[],
  name: string,
  { tx, audit }: Turn,
  { now }: ProviderDeps,
): Promise<CredentialRow['status']> {
  const hasCurrent = credentials.some(
    ({ id, status }) => status === 'current' && id !== credential.id,
  );
  const status = hasCurrent ? 'standby' : 'current';
  await tx
    .update(providerCredentials)
    .set({ status, verifiedAt: now(), refused: null })
    .where(eq(providerCredentials.id, credential.id));
  const after = { ...auditedCredential(credential), status };
  audit('provider.credentialVerified', name, { after });
  return status;
}

async function recovered(
  { id, failure }: StoredProvider['row'],
  name: string,
  { tx, audit }: Turn,
): Promise<void> {
  await tx.update(signInProviders).set({ failure: null }).where(eq(signInProviders.id, id));
  audit('provider.recovered', name, { before: failure, after: null });
}

/** What was verified with another application says nothing of this one. */
async function distrust(tx: Transaction, providerId: string, but: string): Promise<void> {
  await tx
    .update(providerCredentials)
    .set({ status: 'unverified', verifiedAt: null, refused: null })
    .where(and(eq(providerCredentials.providerId, providerId), ne(providerCredentials.id, but)));
}

async function hasPrimary(tx: Transaction, but: string): Promise<boolean> {
  const rows = await tx
    .select({ id: signInProviders.id })
    .from(signInProviders)
    .where(and(eq(signInProviders.isPrimary, true), ne(signInProviders.id, but)));
  return rows.length > 0;
}

async function putPortalAccess(
  permissions: NonNullable<StoredProvider['row']['draftPortalAccess']>,
  { tx, actor, audit }: Turn,
  { replacePortalAccess }: ProviderDeps,
): Promise<void> {
  const [access] = await tx.select({ permissions: portalAccess.permissions }).from(portalAccess);
  await replacePortalAccess(tx, permissions, actor);
  const before = access?.permissions ?? emptyMapping;
  audit('portalAccess.changed', 'Portal access', { before, after: permissions });
}
