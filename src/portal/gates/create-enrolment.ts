import type { z } from 'zod';
import type { createGateEnrolment } from '../../contract/gates.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { requireAt, type Asker } from '../http/asker.ts';
import { currentAsker } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import { gateEnrolments } from '../storage/gate-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { enrolmentCommand, newToken, tokenHash, tokenLifetime } from './enrolment-token.ts';
import { dropTokens, gateSummary, liveGateOf, sensorOf, type StoredGate } from './live-gate.ts';
import { ensureSigningKeys, type SigningKeyDependencies } from './signing-keys.ts';

export interface EnrolmentDependencies extends SigningKeyDependencies {
  readonly appendAudit: AppendAudit;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** To be called once a change of gates has been committed. */
  readonly changed: () => void;
}

export interface EnrolmentWish {
  readonly sensorId: string;
  /** The gate that the asker has seen there. */
  readonly replaces: string | null;
  /** Where people will open the new one; null: not said. */
  readonly origin: string | null;
  readonly asker: Asker;
  readonly address: string;
}

type Answer = z.output<(typeof createGateEnrolment)['response']>;

/**
 * Makes a one-time token for a gate of this sensor; an unused one from before counts no more. Throws
 * 403 and 404 (R10), and 409 where the live gate isn't the one that the asker has seen.
 */
export async function createEnrolment(
  { sensorId, replaces, origin, asker, address }: EnrolmentWish,
  deps: EnrolmentDependencies,
): Promise<Answer> {
  const target = { kind: 'sensor', id: sensorId } as const;
  requireAt(asker, 'gate.enrol', target);
  const [key] = await ensureSigningKeys(deps, deps.changed);
  if (key === undefined) throw new Error('there is no signing key');
  const token = newToken();
  const createdAt = deps.now();
  const expiresAt = new Date(createdAt.getTime() + tokenLifetime);
  await deps.database.db.transaction(async (tx) => {
    const current = await currentAsker(tx, asker, await takeWriteTurn(tx));
    requireAt(current, 'gate.enrol', target);
    const live = await liveGateOf(tx, sensorId);
    requireSeen(live, replaces);
    const createdBy = actorOf(asker.principal);
    await dropTokens(tx, sensorId);
    const row = { tokenHash: tokenHash(token), sensorId, createdAt, createdBy, expiresAt };
    await tx.insert(gateEnrolments).values(row);
    const sensor = await sensorOf(tx, sensorId);
    await deps.appendAudit(tx, {
      actor: createdBy,
      address,
      action: 'gate.enrolmentCreated',
      outcome: 'succeeded',
      subject: sensor.name,
      siteIds: [sensor.siteId],
      after: { expiresAt, origin, replaces: live === null ? null : gateSummary(live) },
    });
  });
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    portalUrl: deps.publicUrl,
    fingerprint: key.id,
    command: enrolmentCommand({ portalUrl: deps.publicUrl, fingerprint: key.id, token, origin }),
  };
}

/** Throws 409 where somebody has enrolled or revoked a gate in the meantime. */
export function requireSeen(live: StoredGate | null, seen: string | null): void {
  if (live !== null && live.id !== seen) {
    throw new ProblemError(
      409,
      'gate_exists',
      'This sensor has a gate. A new one takes its place: the old one’s key counts no more then.',
      { details: { gate: gateSummary(live) } },
    );
  }
  if (live === null && seen !== null) {
    throw new ProblemError(409, 'gate_gone', 'That gate isn’t there any more. Look again.');
  }
}
