import { asc, eq } from 'drizzle-orm';
import { isGuid } from '../../domain/guid.ts';
import { notFound, ProblemError } from '../../server/problem-error.ts';
import type { Drizzle } from '../storage/database.ts';
import { providerCredentials, signInProviders } from '../storage/provider-schema.ts';
import type { CredentialRow, ProviderRow } from './active-providers.ts';
import { environmentId } from './environment-registration.ts';

/** A provider that was entered here, with its secrets and certificates. */
export interface StoredProvider {
  readonly row: ProviderRow;
  readonly credentials: readonly CredentialRow[];
}

type Reads = Pick<Drizzle, 'select'>;

/** By age. */
export async function readProviders(db: Reads): Promise<StoredProvider[]> {
  const rows = await db
    .select()
    .from(signInProviders)
    .orderBy(asc(signInProviders.createdAt), asc(signInProviders.id));
  const credentials = await db
    .select()
    .from(providerCredentials)
    .orderBy(asc(providerCredentials.createdAt), asc(providerCredentials.id));
  return rows.map((row) => ({
    row,
    credentials: credentials.filter(({ providerId }) => providerId === row.id),
  }));
}

/** Undefined where there is none with this id, or it is no id at all. */
export async function findProvider(db: Reads, id: string): Promise<StoredProvider | undefined> {
  if (!isGuid(id)) return undefined;
  const [row] = await db.select().from(signInProviders).where(eq(signInProviders.id, id));
  if (row === undefined) return undefined;
  const credentials = await db
    .select()
    .from(providerCredentials)
    .where(eq(providerCredentials.providerId, id))
    .orderBy(asc(providerCredentials.createdAt), asc(providerCredentials.id));
  return { row, credentials };
}

/** Throws 404, and 409 for the environment's, which isn't changed here. */
export async function requireProvider(db: Reads, id: string): Promise<StoredProvider> {
  if (id === environmentId) throw fromEnvironment();
  const found = await findProvider(db, id);
  if (found === undefined) throw notFound('provider');
  return found;
}

/** Throws 404. */
export function requireCredential({ credentials }: StoredProvider, id: string): CredentialRow {
  const found = credentials.find((credential) => credential.id === id.toLowerCase());
  if (found === undefined) throw notFound('secret or certificate');
  return found;
}

/** What it is called, as last entered. */
export function nameOf({ draft, verified }: Pick<ProviderRow, 'draft' | 'verified'>): string {
  return (draft ?? verified)?.name ?? '';
}

function fromEnvironment(): ProblemError {
  return new ProblemError(
    409,
    'provider_from_environment',
    'This provider is set by the variables GATEHOUSE_ENTRA_* of the portal’s host. Change it there.',
  );
}
