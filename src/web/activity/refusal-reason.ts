import { refusals } from '../../domain/refusal.ts';

const reasons: Readonly<Record<string, string>> = {
  ...refusals,
  wrong_tenant: 'An account of another organization',
  id_token_invalid: 'The answer couldn’t be confirmed to be Microsoft’s, and meant for Gatehouse',
  credential_refused: 'Microsoft refused the secret or the certificate of Gatehouse',
};

/** Why an entry of the audit log is a refusal: the request that was refused, or its code in words. */
export function refusalReason({
  outcome,
  after,
}: {
  outcome: 'succeeded' | 'refused';
  after?: unknown;
}): string | null {
  if (outcome !== 'refused' || typeof after !== 'object' || after === null) return null;
  if ('request' in after && typeof after.request === 'string') return after.request;
  if (!('code' in after) || typeof after.code !== 'string') return null;
  return reasons[after.code] ?? after.code;
}
