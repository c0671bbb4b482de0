import type pg from 'pg';
import { errorCode } from './storage-error.ts';

/** The name of the portal's database on its embedded server. */
export const portalDatabase = 'gatehouse';

/** Makes the role that the portal works as (not a superuser) and its database, once. */
export async function ensurePortalDatabase(superuser: pg.Client, password: string): Promise<void> {
  const { rows } = await superuser.query<{ role: boolean; database: boolean }>(
    `select exists(select from pg_roles where rolname = 'gatehouse') as role,
            exists(select from pg_database where datname = $1) as database`,
    [portalDatabase],
  );
  if (!rows[0]?.role) {
    await unlessThere(
      superuser,
      `create role gatehouse login password ${superuser.escapeLiteral(password)}`,
    );
  }
  if (!rows[0]?.database) {
    await unlessThere(superuser, `create database ${portalDatabase} owner gatehouse`);
  }
}

/** Two portals that start at once both make it: the later one finds it there. */
async function unlessThere(superuser: pg.Client, statement: string): Promise<void> {
  try {
    await superuser.query(statement);
  } catch (error) {
    // duplicate_object, duplicate_database, unique_violation in the catalogue
    if (!['42710', '42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
  }
}
