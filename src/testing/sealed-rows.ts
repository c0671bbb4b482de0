import { randomBytes } from 'node:crypto';
import { sealedColumns } from '../portal/storage/sealed-columns.ts';
import type { SecretBox } from '../portal/storage/secret-box.ts';
import { activeProvider, storedCredential } from './provider-rows.ts';
import type { TestDatabase } from './test-database.ts';

type Pool = TestDatabase['pool'];

/** Puts encrypted values into every table that has some: `count` sessions, two secrets, and so on. */
export async function storeSealed(pool: Pool, secrets: SecretBox, count = 3): Promise<void> {
  const contexts = new Map(sealedColumns.map(({ table, context }) => [table, context]));
  const seal = (table: string, id: string): string =>
    secrets.seal(`secret of ${table} ${id}`, contexts.get(table)?.(id) ?? '');
  const kid = randomBytes(32).toString('base64url');
  await pool.query(
    `insert into gate_signing_keys (id, status, public_key, sealed_private_key)
     values ($1, 'retired', '{}', $2)`,
    [kid, seal('gate_signing_keys', kid)],
  );
  const providerId = await activeProvider(pool);
  for (const status of ['standby', 'current'] as const) {
    await storedCredential(pool, {
      providerId,
      expiresAt: null,
      status,
      seal: (id) => seal('provider_credentials', id),
    });
  }
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  await pool.query(
    `insert into portal_sessions (id, secret_hash, provider_id, tenant_id, object_id, name, identity,
       sealed_refresh_token, confirmed_at, opened_at, last_seen_at)
     select id, decode(replace(id::text, '-', ''), 'hex'), id, id, id, 'Ada', '{}', sealed, now(), now(), now()
       from unnest($1::uuid[], $2::text[]) as given(id, sealed)`,
    [ids, ids.map((id) => seal('portal_sessions', id))],
  );
  await pool.query('update notification_settings set sealed_secret = $1', [
    seal('notification_settings', '1'),
  ]);
}

/** How many encrypted values these keys read as what they were; throws for one that they don't. */
export async function readSealed(pool: Pool, secrets: SecretBox): Promise<number> {
  let read = 0;
  for (const { table, column, context } of sealedColumns) {
    const { rows } = await pool.query<{ id: string; sealed: string }>(
      `select id::text as id, ${column} as sealed from ${table} where ${column} is not null`,
    );
    for (const { id, sealed } of rows) {
      const text = secrets.unseal(sealed, context(id));
      if (text !== `secret of ${table} ${id}`) throw new Error(`${table} ${id} reads ${text}`);
      read += 1;
    }
  }
  return read;
}
