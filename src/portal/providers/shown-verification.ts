import type { Verification, VerificationCheck } from '../../contract/provider-verification.ts';
import { attemptLifetime } from '../../domain/web-sign-in.ts';
import type { providerVerifications } from '../storage/provider-schema.ts';

export type VerificationRow = typeof providerVerifications.$inferSelect;

/** Checks that are still to be made. */
export function waitingChecks(names: readonly VerificationCheck['name'][]): VerificationCheck[] {
  return names.map((name) => ({ name, state: 'waiting', detail: '' }));
}

export function shownVerification(row: VerificationRow, now: Date): Verification {
  const open = isLate(row, now) ? 'abandoned' : 'running';
  return {
    id: row.id,
    state: row.state === 'passed' || row.state === 'failed' ? row.state : open,
    credentialId: row.credentialId,
    checks: [...row.checks],
    aadsts: row.aadsts,
    correlationId: row.correlationId,
    startedAt: row.startedAt.toISOString(),
    startedBy: row.startedBy.name,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

export function isLate({ startedAt }: Pick<VerificationRow, 'startedAt'>, now: Date): boolean {
  return now.getTime() - startedAt.getTime() > attemptLifetime;
}
