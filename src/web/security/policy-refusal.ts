import { securitySettings, type SecuritySettings } from '../../contract/security.ts';
import { ApiError } from '../failures.ts';
import { policyFieldNames, sentence, type PolicyField } from './policy-draft.ts';

/** The server's messages at the fields that they belong to (R21). */
export function policyErrors(error: unknown): Partial<Record<PolicyField, string>> {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(
    errors.flatMap(({ path, message }) => {
      const name = policyFieldNames.find((one) => path.endsWith(`/${one}`));
      return name === undefined ? [] : [[name, sentence(message)] as const];
    }),
  );
}

/** What is there now, where somebody else was faster (412); null for any other error. */
export function policyConflict(error: unknown): SecuritySettings | null {
  if (!(error instanceof ApiError) || error.code !== 'stale_revision') return null;
  const parsed = securitySettings.safeParse(error.problem.details?.['current']);
  return parsed.success ? parsed.data : null;
}
