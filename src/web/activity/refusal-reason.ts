import { refusals } from '../../domain/refusal.ts';

/** Of sign-ins by a web application, which have codes of their own. */
const signInReasons: Readonly<Record<string, string>> = {
  wrong_tenant: 'An account of another organization',
  id_token_invalid: 'The answer couldn’t be confirmed to be Microsoft’s, and meant for Gatehouse',
  credential_refused: 'Microsoft refused the secret or the certificate of Gatehouse',
  provider_unreachable: 'Microsoft doesn’t answer the server of Gatehouse, or too slowly',
  provider_answer_invalid: 'Something else than Microsoft answered the server of Gatehouse',
  clock_off: 'The clocks of Gatehouse and Microsoft are more than five minutes apart',
};

const reasons: Readonly<Record<string, string>> = { ...signInReasons, ...refusals };

/** Why an entry of the audit log is a refusal: the request that was refused, or its code in words. */
export function refusalReason({
  action = '',
  outcome,
  after,
}: {
  action?: string;
  outcome: 'succeeded' | 'refused';
  after?: unknown;
}): string | null {
  if (outcome !== 'refused' || typeof after !== 'object' || after === null) return null;
  if ('request' in after && typeof after.request === 'string') return after.request;
  if (!('code' in after) || typeof after.code !== 'string') return null;
  const known = action === 'provider.failing' ? signInReasons : reasons;
  return known[after.code] ?? after.code;
}
