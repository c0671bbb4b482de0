import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import type { ProblemError } from '../../server/problem-error.ts';
import { insufficientClaims } from './insufficient-claims.ts';
import type { EntraPrincipal, Principal } from './principal.ts';

/** R19: throws the challenge for the context that changes ask for, where the sign-in hasn't satisfied it. */
export function requireStepUp(
  principal: Principal,
  { stepUpContext }: Pick<AccessSnapshot, 'stepUpContext'>,
): void {
  if (stepUpContext !== null) requireContext(principal, stepUpContext);
}

/**
 * The same for one context. Recovery sessions are exempt: there is nobody to be asked at Entra, and
 * whoever has a shell on the host could change the settings there.
 */
export function requireContext(principal: Principal, context: string): void {
  if (principal.kind === 'recovery' || principal.contexts.includes(context)) return;
  throw stepUpChallenge(principal, context);
}

/** The claims are asked for in the token by which the person comes. */
function stepUpChallenge({ via }: EntraPrincipal, context: string): ProblemError {
  const acrs = { essential: true, value: context };
  const claims = via === 'spa' ? { access_token: { acrs } } : { id_token: { acrs } };
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  return insufficientClaims(encoded, 'This change asks you to prove once more who you are.', {
    context,
  });
}
