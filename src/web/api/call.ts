import type {
  BodyInputOf,
  EndpointShape,
  ParamsOf,
  QueryInputOf,
  ResponseOf,
} from '../../contract/endpoint.ts';
import { ApiError } from '../failures.ts';
import { challengedClaims, problemDetails, valueOf } from './answer.ts';
import { completeGroups } from './group-evidence.ts';
import { prepareRequest, type LooseArguments } from './request.ts';
import { leaveRecovery } from './session.ts';
import { sessionStore } from './session-store.ts';
import { sessionEndIn } from './sign-in-report.ts';
import { acquireApiToken } from './tokens.ts';
import { send, type Answer, type TransportOptions } from './transport.ts';
import { isKnown, leaveWebSession, renewWebSession } from './web-session.ts';

export { ApiError };

type Field<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [Key in Name]?: undefined }
  : { readonly [Key in Name]: Value };

/** What a call of this endpoint takes. Typed by the contract that the server checks. */
export type CallArguments<E extends EndpointShape> = Field<'params', ParamsOf<E>> &
  Field<'body', BodyInputOf<E> extends Uint8Array ? Uint8Array | Blob : BodyInputOf<E>> & {
    readonly query?: QueryInputOf<E> | undefined;
    /** Revision that the change is based on, as it was answered (without quotes). */
    readonly ifMatch?: string;
    /** Nobody asked for it: the page does so by itself, which is no use of a session (R15). */
    readonly background?: boolean;
  } & TransportOptions;

type CallParameters<E extends EndpointShape> = undefined extends CallArguments<E>['params']
  ? undefined extends CallArguments<E>['body']
    ? [endpoint: E, args?: CallArguments<E>]
    : [endpoint: E, args: CallArguments<E>]
  : [endpoint: E, args: CallArguments<E>];

export interface CallResult<E extends EndpointShape> {
  readonly value: ResponseOf<E>;
  /** The resource's revision, where the endpoint answers one. */
  readonly revision: string | null;
}

/**
 * Calls an endpoint of the contract. ApiError for a problem document, OfflineError where nothing of
 * ours answers, SessionEndedError where the person doesn't sign in again.
 */
export async function call<E extends EndpointShape>(
  ...[endpoint, args]: CallParameters<E>
): Promise<CallResult<E>> {
  const given = (args ?? {}) as unknown as LooseArguments & TransportOptions;
  const answer = await authorizedAnswer(endpoint, given);
  try {
    return valueOf(answer) as CallResult<E>;
  } catch (error) {
    if (!(await groupsCompleted(error))) throw error;
    return valueOf(await authorizedAnswer(endpoint, given)) as CallResult<E>;
  }
}

/** R11: an incomplete group list is completed once, in silence; then the call is repeated. */
async function groupsCompleted(error: unknown): Promise<boolean> {
  if (!(error instanceof ApiError) || error.code !== 'groups_incomplete') return false;
  // Where that fails the refusal itself says what to do: it must not be hidden by another error.
  return completeGroups({ interactive: false }).catch(() => false);
}

async function authorizedAnswer(
  endpoint: EndpointShape,
  args: LooseArguments & TransportOptions,
): Promise<Answer> {
  if (endpoint.guard === 'public') return send(prepareRequest(endpoint, args, null), args);
  const answer = await send(prepareRequest(endpoint, args, await acquireApiToken()), args);
  if (answer.status !== 401) return answer;
  const state = sessionStore.get();
  if (state.kind === 'signedIn' && state.via === 'recovery') {
    leaveRecovery();
    return answer;
  }
  const claims = challengedClaims(answer);
  if (state.kind === 'signedIn' && state.via === 'web') {
    const ended = claims === null ? sessionEndIn(problemDetails(answer)) : null;
    if (ended !== null && !isKnown()) {
      leaveWebSession(ended);
      return answer;
    }
    await renewWebSession(claims, ended);
    return send(prepareRequest(endpoint, args, null), args);
  }
  const token = await acquireApiToken(claims === null ? { forceRefresh: true } : { claims });
  return send(prepareRequest(endpoint, args, token), args);
}
