import { eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type { PublicKey } from '../../contract/gate-protocol.ts';
import { refusals } from '../../domain/refusal.ts';
import type { Database } from '../storage/database.ts';
import { gates } from '../storage/gate-schema.ts';
import { gateRefused, requireSignature, type Assertion } from './assertion.ts';
import type { BundleSource } from './bundle-source.ts';
import type { Gate } from './gate.ts';
import type { GateDirectory } from './gate-directory.ts';

export interface GateIdentifierDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly directory: GateDirectory;
  readonly source: Pick<BundleSource, 'changed' | 'current' | 'fresh'>;
  /** Counts a request that says it is from a gate that isn't known, by address. Rejects with 429. */
  readonly countFailure: (request: FastifyRequest) => Promise<void>;
}

/** Answers whose assertion it is. Throws ProblemError 401 `gate_unknown`, `gate_revoked`. */
export type IdentifyGate = (assertion: Assertion, request: FastifyRequest) => Promise<Gate>;

export function createGateIdentifier(dependencies: GateIdentifierDependencies): IdentifyGate {
  const { database, directory, source, countFailure } = dependencies;

  /** Asks the database: it may have been enrolled at another instance just now, or revoked. */
  async function lookUp(assertion: Assertion, request: FastifyRequest): Promise<void> {
    await countFailure(request);
    const { iss } = assertion.claims;
    const unknown = gateRefused('gate_unknown', 'This portal knows no gate with this key.');
    if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u.test(iss)) throw unknown;
    const [row] = await database.db.select().from(gates).where(eq(gates.id, iss));
    const key = [row?.publicKey, row?.nextPublicKey].find((one) => one?.kid === assertion.kid);
    if (row === undefined || key === undefined || key === null) throw unknown;
    await requireSignature(assertion, key);
    if (row.revokedAt !== null) throw revoked();
    source.changed();
    await source.fresh();
  }

  return async (assertion, request) => {
    const { iss } = assertion.claims;
    // A gate that was revoked just now, or has changed its key, must be known as that.
    if (source.current() === null) await source.fresh();
    const known = directory.byId(iss);
    if (known === null || keyOf(known, assertion.kid) === null) await lookUp(assertion, request);
    const gate = directory.byId(iss);
    const key = gate === null ? null : keyOf(gate, assertion.kid);
    if (gate === null || key === null) throw revoked();
    await requireSignature(assertion, key);
    return gate;
  };
}

/** Said to those alone who have the key. */
export function revoked() {
  return gateRefused('gate_revoked', `${refusals.gate_revoked}. Enrol it anew.`);
}

export function keyOf(gate: Gate, kid: string): PublicKey | null {
  if (gate.publicKey.kid === kid) return gate.publicKey;
  return gate.nextPublicKey?.kid === kid ? gate.nextPublicKey : null;
}
