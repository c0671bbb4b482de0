import { asc, eq, inArray } from 'drizzle-orm';
import type { WebRegistration } from '../../contract/sign-in-providers.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import type { Database } from '../storage/database.ts';
import { providerCredentials, signInProviders } from '../storage/provider-schema.ts';
import { environmentId, environmentName } from './environment-registration.ts';
import type { PrepareRegistration, ReadyRegistration } from './registrations.ts';

export type CredentialRow = typeof providerCredentials.$inferSelect;
export type ProviderRow = typeof signInProviders.$inferSelect;

export interface ActiveSpa {
  readonly type: 'spa';
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
  readonly registration: ReadyRegistration;
}

export interface ActiveWeb {
  readonly type: 'web';
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
  readonly registration: WebRegistration;
  readonly credentials: readonly CredentialRow[];
  /** Did the last sign-in by it fail, as far as this instance knows? */
  readonly failing: boolean;
}

export type ActiveProvider = ActiveSpa | ActiveWeb;

/** The ways in as of one moment. */
export interface ProvidersInForce {
  /** The primary one first, the others by age. */
  readonly all: readonly ActiveProvider[];
  readonly spas: readonly ActiveSpa[];
}

export interface ActiveProviders {
  /** Answers at once what it remembers. */
  readonly current: () => ProvidersInForce | Promise<ProvidersInForce>;
  /** For the page, which shows what was known last while the database is away: it lets nobody in. */
  readonly lastKnown: () => Promise<ProvidersInForce>;
  /** To be called when others may have come into force. */
  readonly changed: () => void;
}

/** The providers by which people sign in now: the environment's, and those that were activated here. */
export function createActiveProviders(
  { db }: Pick<Database, 'db'>,
  environment: Registration | null,
  prepare: PrepareRegistration,
): ActiveProviders {
  let known: ProvidersInForce | null = null;
  let last = inForce([], [], environment, prepare);
  let generation = 0;
  let reading: { readonly generation: number; readonly answer: Promise<ProvidersInForce> } | null =
    null;

  async function read(readGeneration: number): Promise<ProvidersInForce> {
    try {
      const rows = await db
        .select()
        .from(signInProviders)
        .where(eq(signInProviders.status, 'active'))
        .orderBy(asc(signInProviders.createdAt), asc(signInProviders.id));
      const webs = rows.filter(({ type }) => type === 'web').map(({ id }) => id);
      const credentials =
        webs.length === 0
          ? []
          : await db
              .select()
              .from(providerCredentials)
              .where(inArray(providerCredentials.providerId, webs));
      const answer = inForce(rows, credentials, environment, prepare);
      if (generation === readGeneration) {
        known = answer;
        last = answer;
      }
      return answer;
    } finally {
      if (reading?.generation === readGeneration) reading = null;
    }
  }

  function current(): ProvidersInForce | Promise<ProvidersInForce> {
    if (known !== null) return known;
    if (reading?.generation !== generation) reading = { generation, answer: read(generation) };
    return reading.answer;
  }

  return {
    current,
    async lastKnown() {
      try {
        return await current();
      } catch {
        return last;
      }
    },
    changed() {
      generation += 1;
      known = null;
    },
  };
}

/** Has a provider been activated here? */
export async function hasActiveProvider({ db }: Pick<Database, 'db'>): Promise<boolean> {
  const rows = await db
    .select({ id: signInProviders.id })
    .from(signInProviders)
    .where(eq(signInProviders.status, 'active'))
    .limit(1);
  return rows.length > 0;
}

function inForce(
  rows: readonly ProviderRow[],
  credentials: readonly CredentialRow[],
  environment: Registration | null,
  prepare: PrepareRegistration,
): ProvidersInForce {
  const found: ActiveProvider[] = [];
  if (environment !== null) {
    found.push({
      type: 'spa',
      id: environmentId,
      name: environmentName,
      primary: !rows.some((row) => row.isPrimary),
      registration: prepare(environmentId, environment),
    });
  }
  for (const { id, verified, isPrimary: primary, failure } of rows) {
    if (verified === null) continue;
    const { name } = verified;
    if (verified.type === 'spa') {
      found.push({ type: 'spa', id, name, primary, registration: prepare(id, verified) });
    } else {
      const own = credentials.filter(({ providerId }) => providerId === id);
      const failing = failure !== null;
      const web = { type: 'web', registration: verified, credentials: own, failing } as const;
      found.push({ ...web, id, name, primary });
    }
  }
  const all = found.toSorted((a, b) => Number(b.primary) - Number(a.primary));
  return { all, spas: all.filter((provider) => provider.type === 'spa') };
}
