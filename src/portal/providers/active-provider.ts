import { eq } from 'drizzle-orm';
import type { Provider } from '../../contract/providers.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import type { Database } from '../storage/database.ts';
import { providers } from '../storage/schema.ts';
import type { PrepareRegistration, ReadyRegistration } from './registrations.ts';

export interface ActiveProvider {
  readonly registration: ReadyRegistration;
  readonly shown: Provider;
}

export interface ActiveProviders {
  /** Null until one has been set up. Answers at once what it remembers. */
  readonly current: () => ActiveProvider | null | Promise<ActiveProvider | null>;
  /** To be called when another one may have come into force. */
  readonly changed: () => void;
}

/** The provider through which people sign in now: the environment's, else the one activated here. */
export function createActiveProviders(
  { db }: Pick<Database, 'db'>,
  environment: Registration | null,
  prepare: PrepareRegistration,
): ActiveProviders {
  if (environment !== null) {
    const registration = prepare(environment);
    const shown = shownProvider(registration, 'environment', 'active', null, null);
    return { current: () => ({ registration, shown }), changed: () => undefined };
  }

  let known: { readonly active: ActiveProvider | null } | null = null;
  let generation = 0;

  async function read(): Promise<ActiveProvider | null> {
    const readGeneration = generation;
    const [row] = await db.select().from(providers).where(eq(providers.status, 'active'));
    const active = row === undefined ? null : activeOf(row, prepare);
    if (generation === readGeneration) known = { active };
    return active;
  }

  return {
    current: () => (known === null ? read() : known.active),
    changed() {
      generation += 1;
      known = null;
    },
  };
}

/** Has a provider been activated here? */
export async function hasActiveProvider({ db }: Pick<Database, 'db'>): Promise<boolean> {
  const rows = await db
    .select({ id: providers.id })
    .from(providers)
    .where(eq(providers.status, 'active'));
  return rows.length > 0;
}

function activeOf(
  row: typeof providers.$inferSelect,
  prepare: PrepareRegistration,
): ActiveProvider {
  const registration = prepare(row);
  return {
    registration,
    shown: shownProvider(registration, 'portal', 'active', row.createdAt, row.verifiedAt),
  };
}

export function shownProvider(
  { issuerUrl, tenantId, clientId, apiClientId }: ReadyRegistration,
  source: Provider['source'],
  status: Provider['status'],
  createdAt: Date | null,
  verifiedAt: Date | null,
): Provider {
  return {
    source,
    type: 'spa',
    issuerUrl,
    tenantId,
    clientId,
    apiClientId,
    status,
    createdAt: createdAt?.toISOString() ?? null,
    verifiedAt: verifiedAt?.toISOString() ?? null,
  };
}
