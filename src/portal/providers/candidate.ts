import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { ProviderCandidate } from '../../contract/providers.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import type { Registration } from '../../entra/spa-provider.ts';
import type { Asker } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import { notFound } from '../../server/problem-error.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { providers } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { shownProvider } from './active-provider.ts';
import type { PrepareRegistration, ReadyRegistration } from './registrations.ts';

export interface Candidate {
  readonly id: string;
  readonly registration: ReadyRegistration;
  readonly portalAccess: GroupMapping;
  readonly createdAt: Date;
}

export interface CandidateDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly prepare: PrepareRegistration;
  readonly appendAudit: AppendAudit;
}

export interface By {
  readonly asker: Asker;
  readonly address: string;
}

/** Waits for its turn. Throws 403 where the asker may no longer change providers then. */
export async function takeProviderTurn(tx: Transaction, asker: Asker): Promise<void> {
  await stillAllowed(tx, asker, await takeWriteTurn(tx), 'provider.edit');
}

export async function findCandidate({
  database,
  prepare,
}: CandidateDependencies): Promise<Candidate | null> {
  const [row] = await database.db.select().from(providers).where(eq(providers.status, 'candidate'));
  if (row === undefined) return null;
  const { id, portalAccess, createdAt } = row;
  return { id, registration: prepare(row), portalAccess: portalAccess ?? emptyMapping, createdAt };
}

/** Enters a candidate in place of the one before: it signs nobody in until it has been tried. */
export async function putCandidate(
  entered: Registration & { readonly portalAccess: GroupMapping },
  { asker, address }: By,
  { database, prepare, appendAudit }: CandidateDependencies,
): Promise<Candidate> {
  const { tenantId, clientId, apiClientId, portalAccess } = entered;
  const actor = actorOf(asker.principal);
  return database.db.transaction(async (tx) => {
    await takeProviderTurn(tx, asker);
    // Another id too: a trial of the one before must not activate this one.
    const entry = { id: randomUUID(), tenantId, clientId, apiClientId, portalAccess };
    const [row] = await tx
      .insert(providers)
      .values({ ...entry, type: 'spa', status: 'candidate' })
      .onConflictDoUpdate({ target: providers.status, set: { ...entry, createdAt: new Date() } })
      .returning();
    if (row === undefined) throw new Error('the candidate was not stored');
    await appendAudit(tx, {
      actor,
      address,
      action: 'providerCandidate.entered',
      outcome: 'succeeded',
      subject: `Tenant ${tenantId}`,
      siteIds: [],
      after: { tenantId, clientId, apiClientId, portalAccess },
    });
    return { id: row.id, registration: prepare(row), portalAccess, createdAt: row.createdAt };
  });
}

export async function dropCandidate(
  { asker, address }: By,
  { database, appendAudit }: CandidateDependencies,
): Promise<void> {
  await database.db.transaction(async (tx) => {
    await takeProviderTurn(tx, asker);
    const [row] = await tx
      .delete(providers)
      .where(eq(providers.status, 'candidate'))
      .returning({ tenantId: providers.tenantId });
    if (row === undefined) throw notFound('candidate');
    await appendAudit(tx, {
      actor: actorOf(asker.principal),
      address,
      action: 'providerCandidate.dropped',
      outcome: 'succeeded',
      subject: `Tenant ${row.tenantId}`,
      siteIds: [],
    });
  });
}

export function shownCandidate(candidate: Candidate): ProviderCandidate {
  const { registration, portalAccess, createdAt } = candidate;
  return {
    provider: shownProvider(registration, 'portal', 'candidate', createdAt, null),
    portalAccess: {
      admin: [...portalAccess.admin],
      securityAnalyst: [...portalAccess.securityAnalyst],
      readOnly: [...portalAccess.readOnly],
    },
    signIn: registration.signIn,
  };
}
