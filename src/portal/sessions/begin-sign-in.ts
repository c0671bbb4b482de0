import { returnAddress } from '../../domain/return-address.ts';
import { webSignInScopes } from '../../domain/web-sign-in.ts';
import { readSessionCookie } from '../http/credentials.ts';
import type { BeginSignIn } from '../http/web-providers.ts';
import type { Database } from '../storage/database.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { isSecret, newSecret, secretHash } from './recovery-link.ts';
import { findSession } from './session-store.ts';
import { setAttempt } from './sign-in-attempt.ts';

export interface BeginDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly secrets: SecretBox;
  readonly now: () => Date;
}

/**
 * Begins a sign-in: all that its answer is judged by goes into a sealed cookie of the browser, so
 * that strangers write nothing here, and any instance can take the answer.
 */
export function createBeginSignIn({ database, secrets, now }: BeginDependencies): BeginSignIn {
  async function sessionOf(secret: string | undefined): Promise<string | null> {
    if (secret === undefined || !isSecret(secret)) return null;
    const session = await findSession(database.db, { secretHash: secretHash(secret) });
    return session?.end === null ? session.id : null;
  }

  return async (attempt, provider, reply) => {
    const { purpose, verificationId, prompt, loginHint, claims } = attempt;
    // 256 random bits each; a code verifier has 43 characters at least (RFC 7636, section 4.1).
    const [state, nonce, codeVerifier] = [newSecret(), newSecret(), newSecret()];
    const replaces =
      purpose === 'verification'
        ? null
        : (attempt.replaces ?? (await sessionOf(readSessionCookie(reply.request))));
    const url = await provider.client.authorizationUrl({
      state,
      nonce,
      codeVerifier,
      scopes: webSignInScopes,
      ...(prompt === undefined ? {} : { prompt }),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(claims === undefined ? {} : { claims }),
    });
    const returnTo = returnAddress(attempt.returnTo, '/');
    const startedAt = now().getTime();
    const stored = { state, nonce, codeVerifier, purpose, verificationId, returnTo, replaces };
    setAttempt(reply, { ...stored, providerId: provider.id, startedAt }, secrets);
    return url;
  };
}
