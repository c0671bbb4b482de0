import { ProblemError } from '../../server/problem-error.ts';

/**
 * 401 with a claims challenge: `claims`, in base64, is what another token has to satisfy; the client
 * repeats the request once it has such a one. Microsoft identity platform, "Claims challenges".
 */
export function insufficientClaims(
  claims: string,
  detail: string,
  details: Readonly<Record<string, unknown>>,
): ProblemError {
  const challenge = `Bearer realm="gatehouse", error="insufficient_claims", claims="${claims}"`;
  return new ProblemError(401, 'insufficient_claims', detail, {
    headers: { 'www-authenticate': challenge },
    details,
  });
}
