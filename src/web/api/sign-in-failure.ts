import { ApiError, OfflineError } from '../failures.ts';
import { WindowBlockedError, WindowFailedError } from './window-errors.ts';

/** What is known of a sign-in that failed, to explain it and to quote it. Nothing in it is secret. */
export interface SignInFailure {
  /** MSAL's, the server's or the provider's error code, such as `timed_out` or `access_denied`. */
  readonly code: string;
  /** The AADSTS number, where Entra ID gave one. */
  readonly aadsts: number | null;
  readonly correlationId: string | null;
  readonly traceId: string | null;
}

interface AuthErrorShape {
  readonly name: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly errorNo?: string;
  readonly correlationId?: string;
  readonly traceId?: string;
}

function authError(error: unknown): AuthErrorShape | null {
  return error instanceof Error && 'errorCode' in error && typeof error.errorCode === 'string'
    ? (error as Error & AuthErrorShape)
    : null;
}

/** MSAL's codes that only a person can get past, although MSAL doesn't class them all so (reference: entra.md). */
const interactionCodes = new Set(['timed_out', 'no_account_error', 'invalid_grant']);

/** True when a silent attempt failed in a way that an interactive sign-in mends. */
export function needsInteraction(error: unknown): boolean {
  const failure = authError(error);
  if (failure === null) return false;
  return failure.name === 'InteractionRequiredAuthError' || interactionCodes.has(failure.errorCode);
}

/** True for a second attempt while one is under way, and for the one that it replaces: no failure. */
export function isInteractionInProgress(error: unknown): boolean {
  const code = authError(error)?.errorCode;
  return code === 'interaction_in_progress' || code === 'interaction_in_progress_cancelled';
}

/** Codes that say that the popup couldn't do it, and that a redirect can. */
export function isPopupBlocked(error: unknown): boolean {
  if (error instanceof WindowBlockedError) return true;
  const code = authError(error)?.errorCode;
  return code === 'popup_window_error' || code === 'empty_window_error';
}

/** Identifiers and numbers only: the text itself is written anew, in words that help. */
export function describeSignInFailure(error: unknown): SignInFailure {
  if (error instanceof WindowFailedError) return error.failure;
  const failure = authError(error);
  if (failure === null) {
    const ours = error instanceof ApiError || error instanceof OfflineError;
    const code = ours ? error.code : 'unexpected';
    return { code, aadsts: null, correlationId: null, traceId: null };
  }
  const text = failure.errorMessage;
  const number = /AADSTS(\d+)/u.exec(text)?.[1] ?? failure.errorNo;
  return {
    code: failure.errorCode,
    aadsts: number !== undefined && /^\d+$/u.test(number) ? Number(number) : null,
    correlationId:
      identifier(text, /Correlation ID: ?([0-9a-f-]{36})/iu) ?? failure.correlationId ?? null,
    traceId: identifier(text, /Trace ID: ?([0-9a-f-]{36})/iu) ?? (failure.traceId || null),
  };
}

function identifier(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1] ?? null;
}
