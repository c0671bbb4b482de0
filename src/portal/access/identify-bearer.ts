import type { AccessToken } from '../../entra/access-token.ts';
import { KeysUnavailable, TokenError } from '../../entra/token-error.ts';
import { unauthorized } from '../http/credentials.ts';
import type { Identification } from '../http/identification.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { chooseVerifier, type SpaVerifier } from './choose-verifier.ts';
import type { Evidence, GroupEvidenceStore } from './group-evidence.ts';
import { identifyPerson } from './identify-person.ts';

export interface BearerDependencies {
  /** The active single-page providers, the primary one first. */
  readonly spas: () => readonly SpaVerifier[] | Promise<readonly SpaVerifier[]>;
  readonly evidence: GroupEvidenceStore;
}

/** Finds out whose access token one is. */
export function createBearerIdentifier({ spas, evidence }: BearerDependencies) {
  const complete = new WeakMap<AccessToken, Identification>();
  const completed = new WeakMap<AccessToken, { evidence: Evidence; answer: Identification }>();

  function known(token: AccessToken): Identification | undefined {
    if (token.groups.kind === 'complete') return complete.get(token);
    const last = completed.get(token);
    return last !== undefined && evidence.remembered(token) === last.evidence
      ? last.answer
      : undefined;
  }

  async function identify(token: AccessToken, providerId: string): Promise<Identification> {
    if (token.groups.kind === 'complete') {
      const answer = identifyPerson(token, null, providerId);
      complete.set(token, answer);
      return answer;
    }
    const { tenantId, objectId } = token;
    const found = await evidence.find({ tenantId, objectId });
    const answer = identifyPerson(token, found, providerId);
    if (found !== null) completed.set(token, { evidence: found, answer });
    return answer;
  }

  async function verified(text: string): Promise<Identification> {
    const chosen = chooseVerifier(text, await spas());
    if (chosen === undefined) throw noProvider();
    try {
      const token = await chosen.registration.verifier.verify(text);
      return known(token) ?? (await identify(token, chosen.id));
    } catch (error) {
      throw refusalOf(error);
    }
  }

  return {
    /** Whose it is, where that was found out before. */
    remembered(text: string, connection?: object): Identification | undefined {
      const current = spas();
      if (current instanceof Promise) return undefined;
      for (const { registration } of current) {
        const token = registration.verifier.remembered(text, connection);
        if (token !== undefined) return known(token);
      }
      return undefined;
    },
    /** Throws ProblemError 401 or 503. */
    identify: verified,
  };
}

function refusalOf(error: unknown): unknown {
  if (error instanceof TokenError) {
    return unauthorized(`token_${error.code}`, `The access token ${error.reason}.`, error);
  }
  if (error instanceof KeysUnavailable) {
    return new ProblemError(
      503,
      error.code,
      'The portal can’t fetch the signing keys of Entra ID, so it can’t check your sign-in. Try again in a moment.',
      { headers: { 'retry-after': '5' }, cause: error },
    );
  }
  return error;
}

function noProvider(): ProblemError {
  return unauthorized(
    'no_provider',
    'No single-page application is active as a provider: no access token leads in. Sign in by another provider, or by a recovery link.',
  );
}
