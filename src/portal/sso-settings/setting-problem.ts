import { createHash } from 'node:crypto';
import type { LockoutRisk } from '../../domain/lockout.ts';
import type { Replacement } from '../../domain/target-replacement.ts';
import { targetKey } from '../../domain/target.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { rootCause } from '../storage/storage-error.ts';
import { namedHoldings, namedRisks } from './consequences.ts';

/** R4: the request doesn't name exactly what it replaces. Answers what it would. */
export function replacementMismatch(
  found: readonly Replacement[],
  snapshot: AccessSnapshot,
): ProblemError {
  const many = found.length === 1 ? 'one target' : `${found.length} targets`;
  const detail =
    found.length === 0
      ? 'This replaces nothing any more: other settings have given these targets up. Review it again.'
      : `This takes ${many} from other settings, which isn't what was reviewed. Review it again.`;
  return new ProblemError(409, 'replacement_mismatch', detail, {
    details: { replacements: namedHoldings(found, snapshot) },
  });
}

/** R9: the change could lock people out, and the request doesn't say that this was seen. */
export function lockout(
  risks: readonly LockoutRisk[],
  snapshot: AccessSnapshot,
  acknowledgement?: string,
): ProblemError {
  const where = risks.length === 1 ? 'at one target' : `at ${risks.length} targets`;
  return new ProblemError(
    409,
    'lockout',
    `This could lock people out ${where}: no Admin group would be left, or you would no longer be Admin. Confirm it if that is meant.`,
    { details: { lockoutRisks: namedRisks(risks, snapshot), acknowledgement } },
  );
}

/** Names risks by the ids of their targets in one short text, whatever their number; null for none. */
export function acknowledgementOf(risks: readonly LockoutRisk[]): string | null {
  if (risks.length === 0) return null;
  const names = risks.map((risk) => `${targetKey(risk.target)} ${risk.reason}`).sort();
  return createHash('sha256').update(names.join('\n')).digest('base64url');
}

export function nameTaken(name: string): ProblemError {
  return new ProblemError(409, 'name_taken', `There already is an SSO setting "${name}".`, {
    errors: [{ path: '/name', message: 'is the name of another SSO setting', code: 'name_taken' }],
  });
}

/** The unique constraint that a failed statement ran into, or null. */
export function violatedConstraint(error: unknown): string | null {
  const cause = rootCause(error);
  if (!(cause instanceof Error) || !('code' in cause) || cause.code !== '23505') return null;
  return 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : null;
}
