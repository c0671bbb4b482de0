import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { signInFailureFragment, webSignInPaths } from '../../contract/web-sign-in.ts';
import { attemptLifetime } from '../../domain/web-sign-in.ts';
import { adminConsentState } from '../../entra/admin-consent.ts';
import { signedOutState, type WebTokens } from '../../entra/web-client.ts';
import { nothingSaid, WebSignInError } from '../../entra/web-sign-in-error.ts';
import { sessionCookie } from '../http/credentials.ts';
import { loggedProblem } from '../http/error-handler.ts';
import type { BeginSignIn, WebProvider, WebProviders } from '../http/web-providers.ts';
import { openSession, type OpenDependencies } from './open-session.ts';
import type { RefusedSignIns } from './refused-sign-ins.ts';
import type { SessionMemory } from './session-memory.ts';
import { clearAttempt, findAttempt, type StoredAttempt } from './sign-in-attempt.ts';

export interface CallbackDependencies extends OpenDependencies {
  readonly providers: WebProviders;
  readonly begin: BeginSignIn;
  readonly memory: SessionMemory;
  readonly publicUrl: string;
  readonly countOpen: (request: FastifyRequest) => Promise<void>;
  readonly refused: Pick<RefusedSignIns, 'record'>;
}

/** Strict: no other site can make a browser send it, not even by a link. */
export const sessionCookieOptions = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
} as const;

/** Takes the provider's answer, and says where the browser goes on to. */
export function createAnswerCallback(deps: CallbackDependencies) {
  const { providers, secrets, publicUrl, now } = deps;
  /** States that were answered: a browser that keeps its cookie gets no second try. */
  const used = new LRUCache<string, true>({ max: 50_000, ttl: attemptLifetime });

  /** Once, and in time: before anything is waited for. */
  function use({ state, startedAt }: StoredAttempt, reply: FastifyReply): void {
    clearAttempt(reply, state);
    if (used.has(state)) throw new WebSignInError('sign_in_unknown', 'It was answered before.');
    used.set(state, true);
    if (now().getTime() - startedAt >= attemptLifetime) {
      throw new WebSignInError('sign_in_expired', 'It was begun more than ten minutes ago.');
    }
  }

  async function signIn(attempt: StoredAttempt, callback: URL, reply: FastifyReply) {
    const { providerId, replaces } = attempt;
    const provider = await providers.active(providerId);
    if (provider === null || provider.tenantId === null) {
      throw new WebSignInError('provider_inactive', 'The provider isn’t active any more.');
    }
    const address = reply.request.ip;
    const tokens = await redeem(attempt, callback, provider).catch(async (error: unknown) => {
      if (error instanceof WebSignInError) {
        deps.refused.record(error, provider, address);
        await providers.went(providerId, error);
      }
      throw error;
    });
    if (tokens.person.tenantId !== provider.tenantId.toLowerCase()) {
      const error = new WebSignInError('wrong_tenant', 'The person is of another tenant.');
      deps.refused.record(error, provider, address);
      throw error;
    }
    await providers.went(providerId, null);
    const { secret, ended } = await openSession(tokens, provider, { address, replaces }, deps);
    deps.memory.drop(ended);
    reply.setCookie(sessionCookie, secret, sessionCookieOptions);
  }

  /**
   * Whoever began by a provider that was taken back meanwhile goes on by the one that has its place:
   * no gap while one is replaced by another. Answers where to.
   */
  async function beginAnew(
    error: unknown,
    { purpose, providerId, returnTo, replaces }: StoredAttempt,
    reply: FastifyReply,
  ): Promise<string> {
    const taken = error instanceof WebSignInError && error.code === 'provider_inactive';
    const next = taken && purpose === 'signIn' ? await providers.primary() : null;
    if (next === null || next.id === providerId) throw error;
    const anew = { purpose, providerId: next.id, verificationId: null, returnTo } as const;
    // The browser doesn't send its session's cookie (SameSite=Strict) where Microsoft leads it.
    return (await deps.begin({ ...anew, ...(replaces && { replaces }) }, next, reply)).href;
  }

  async function verify(attempt: StoredAttempt, callback: URL, address: string): Promise<void> {
    const verificationId = attempt.verificationId ?? '';
    const provider = await providers.tried(verificationId, address);
    if (provider === null) throw over();
    const answer = await redeem(attempt, callback, provider).catch((error: unknown) => {
      if (error instanceof WebSignInError) return error;
      throw error;
    });
    if ((await providers.judge(verificationId, answer, address)) === 'over') throw over();
    if (answer instanceof WebSignInError) throw answer;
  }

  /** Of a browser that has none, the answer says nothing. */
  function required(attempt: StoredAttempt | null, states: readonly string[]): StoredAttempt {
    if (states.length > 1) {
      throw new WebSignInError('response_incomplete', 'The answer has more than one state.');
    }
    if (attempt !== null) return attempt;
    throw new WebSignInError('sign_in_unknown', 'No attempt of this browser has the state.');
  }

  /** Whoever signs in looks at a page, whatever fails: never at the API’s JSON. */
  return async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    let found: StoredAttempt | null = null;
    try {
      const { search } = new URL(request.raw.url ?? '/', publicUrl);
      const callback = new URL(`${publicUrl}${webSignInPaths.callback}${search}`);
      const states = callback.searchParams.getAll('state');
      const [state] = states;
      if (state === signedOutState && callback.searchParams.size === 1) return '/';
      if (state === adminConsentState && !callback.searchParams.has('code')) {
        return afterConsent(callback, now());
      }
      found = state === undefined ? null : findAttempt(request, state, secrets);
      await deps.countOpen(request);
      const attempt = required(found, states);
      use(attempt, reply);
      const complete = completeAddress(attempt);
      if (attempt.purpose !== 'verification') {
        return await signIn(attempt, callback, reply).then(
          () => complete,
          (error: unknown) => beginAnew(error, attempt, reply),
        );
      }
      await verify(attempt, callback, request.ip);
      return complete;
    } catch (error) {
      return failedAddress(loggedFailure(error, request), found?.purpose, now());
    }
  };
}

/** Of whoever followed our link to agree for everybody: nobody signs in by it. */
function afterConsent({ searchParams }: URL, now: Date): string {
  return searchParams.has('error')
    ? failedAddress({ code: 'provider_refused', said: nothingSaid }, undefined, now)
    : webSignInPaths.consented;
}

/** What people are told of any error; the log has it whole. */
function loggedFailure(
  error: unknown,
  request: FastifyRequest,
): Pick<WebSignInError, 'code' | 'said'> {
  if (error instanceof WebSignInError) {
    const { aadsts, correlationId } = error.said;
    request.log.warn({ code: error.code, aadsts, correlationId }, error.message);
    return error;
  }
  const { status } = loggedProblem(error, request);
  return { code: status === 429 ? 'too_many_requests' : 'portal_unavailable', said: nothingSaid };
}

function redeem(
  { state, nonce, codeVerifier }: StoredAttempt,
  callback: URL,
  { client }: WebProvider,
): Promise<WebTokens> {
  return client.redeem(callback, { state, nonce, codeVerifier });
}

function over(): WebSignInError {
  return new WebSignInError('sign_in_unknown', 'The verification is over.');
}

function completeAddress({ returnTo, purpose }: StoredAttempt): string {
  const query = new URLSearchParams({ to: returnTo });
  if (purpose !== 'signIn') query.set('window', purpose);
  return `${webSignInPaths.complete}?${query.toString()}`;
}

/** What is told stands in the fragment, which gets into no server’s log. */
function failedAddress(
  { code, said }: Pick<WebSignInError, 'code' | 'said'>,
  purpose: StoredAttempt['purpose'] | undefined,
  now: Date,
): string {
  const { aadsts, correlationId, traceId } = said;
  const least = {
    code,
    at: now.toISOString(),
    ...(purpose === undefined || purpose === 'signIn' ? {} : { window: purpose }),
  };
  const whole = {
    ...least,
    ...(aadsts === null ? {} : { aadsts: String(aadsts) }),
    ...(correlationId === null ? {} : { correlationId }),
    ...(traceId === null ? {} : { traceId }),
  };
  const told = signInFailureFragment.safeParse(whole).success ? whole : least;
  return `${webSignInPaths.failed}#${new URLSearchParams(told).toString()}`;
}
