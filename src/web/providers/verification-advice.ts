import type { Verification } from '../../contract/provider-verification.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';

/** Was it the secret or certificate that Microsoft didn’t take? */
export function credentialFailed({ checks }: Pick<Verification, 'checks'>): boolean {
  return checks.some(({ name, state }) => name === 'credential' && state === 'failed');
}

/** What to do about a verification that didn’t pass, as of what has been done about it since. */
export function verificationAdvice(
  verification: Pick<Verification, 'state' | 'checks' | 'credentialId'>,
  { status, credentials }: Pick<Provider, 'status' | 'credentials'>,
): string {
  const serves = status === 'active' ? ' What was verified before goes on serving.' : '';
  const tried = credentials.find(({ id }) => id === verification.credentialId);
  const added = tried !== undefined && credentials.some((one) => one.createdAt > tried.createdAt);
  if (verification.state === 'abandoned') {
    return `It has to be finished within ten minutes. Verify again.${serves}`;
  }
  if (!credentialFailed(verification)) return `Correct what failed, then verify again.${serves}`;
  return added
    ? `Verify again with the one that was added since.${serves}`
    : `Add another secret or certificate below, then verify again.${serves}`;
}
