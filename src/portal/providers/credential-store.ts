import { randomUUID } from 'node:crypto';
import type { Transaction } from '../storage/database.ts';
import { providerCredentials } from '../storage/provider-schema.ts';
import type { StoredActor } from '../storage/schema.ts';
import type { CheckedCredential } from './credential-input.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { credentialContext, credentialText } from './web-clients.ts';

/** What the audit log may know of a credential: not even the first characters of a secret (R20). */
export interface AuditedCredential {
  readonly credentialId: string;
  readonly kind: 'secret' | 'certificate';
  readonly expiresAt: string | null;
}

export function auditedCredential(row: {
  readonly id: string;
  readonly kind: 'secret' | 'certificate';
  readonly expiresAt: Date | null;
}): AuditedCredential {
  const { id, kind, expiresAt } = row;
  return { credentialId: id, kind, expiresAt: expiresAt?.toISOString() ?? null };
}

/** Stores a credential that isn't verified yet, encrypted (R20). */
export async function insertCredential(
  tx: Transaction,
  providerId: string,
  { credential, hint, expiresAt }: CheckedCredential,
  createdBy: StoredActor,
  { secrets }: Pick<ProviderDeps, 'secrets'>,
): Promise<AuditedCredential> {
  const id = randomUUID();
  const { kind } = credential;
  await tx.insert(providerCredentials).values({
    id,
    providerId,
    kind,
    status: 'unverified',
    sealed: secrets.seal(credentialText(credential), credentialContext(id)),
    hint,
    expiresAt,
    createdBy,
  });
  return auditedCredential({ id, kind, expiresAt });
}
