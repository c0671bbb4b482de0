import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './test-database.ts';

type Pool = TestDatabase['pool'];

const by = { kind: 'system', name: 'Test', tenantId: null, objectId: null };

/** Puts an active web application into the database. Answers its id. */
export async function activeProvider(pool: Pool, name = 'Contoso'): Promise<string> {
  const id = randomUUID();
  const registration = {
    type: 'web',
    name,
    tenantId: randomUUID(),
    multitenant: false,
    clientId: randomUUID(),
    usesGroups: false,
  };
  await pool.query(
    `insert into sign_in_providers (id, type, status, verified, created_by)
     values ($1, 'web', 'active', $2, $3)`,
    [id, registration, by],
  );
  return id;
}

export interface CredentialRow {
  readonly providerId: string;
  readonly expiresAt: Date | null;
  readonly status?: 'unverified' | 'standby' | 'current';
  readonly kind?: 'secret' | 'certificate';
  readonly hint?: string;
  /** Absent: nobody can read it. */
  readonly seal?: (credentialId: string) => string;
}

/** Puts a secret or a certificate of a provider into the database. Answers its id. */
export async function storedCredential(pool: Pool, row: CredentialRow): Promise<string> {
  const id = randomUUID();
  const { providerId, expiresAt, status = 'current', kind = 'secret', hint = 'abc', seal } = row;
  await pool.query(
    `insert into provider_credentials (id, provider_id, kind, status, sealed, hint, expires_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, providerId, kind, status, seal?.(id) ?? 'v1.nobody.AAAA', hint, expiresAt, by],
  );
  return id;
}
