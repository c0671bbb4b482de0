import type { PortalSessionEnd } from '../../contract/sessions.ts';
import { isGuid } from '../../domain/guid.ts';
import { webSignInFailures } from '../../domain/web-sign-in.ts';
import type { SignInFailure } from './sign-in-failure.ts';

/** What the server says in the fragment of `/sign-in/failed`. */
export interface FailedSignIn {
  readonly failure: SignInFailure;
  /** When it failed, ISO 8601; null where that isn't told. */
  readonly at: string | null;
  /** A window of its own, which tells the page that opened it. */
  readonly window: 'renewal' | 'verification' | null;
}

/**
 * Reads `signInFailureFragment` of the contract, without its schemas: they would double the sign-in
 * page. Anybody can write such an address, so that nothing but known codes, numbers and ids of the
 * right form gets onto the page.
 */
export function readFailedSignIn(fragment: string): FailedSignIn {
  const told = new URLSearchParams(fragment.replace(/^#/u, ''));
  const code = webSignInFailures.find((one) => one === told.get('code')) ?? 'unexpected';
  const aadsts = told.get('aadsts') ?? '';
  const at = told.get('at') ?? '';
  const own = told.get('window');
  return {
    failure: {
      code,
      aadsts: /^[1-9]\d{3,7}$/u.test(aadsts) ? Number(aadsts) : null,
      correlationId: identifier(told.get('correlationId')),
      traceId: identifier(told.get('traceId')),
    },
    at: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u.test(at) && !Number.isNaN(Date.parse(at)) ? at : null,
    window: own === 'renewal' || own === 'verification' ? own : null,
  };
}

function identifier(text: string | null): string | null {
  return text !== null && isGuid(text) ? text : null;
}

const ends: Readonly<Record<PortalSessionEnd, true>> = {
  signedOut: true,
  signedOutElsewhere: true,
  idle: true,
  total: true,
  administrator: true,
  entraRefused: true,
  unconfirmed: true,
  providerRetired: true,
  replaced: true,
  unknown: true,
};

/** Why a session is over, from the details of a 401; `unknown` for whatever else is there. */
export function sessionEndIn(details: unknown): PortalSessionEnd {
  const reason =
    typeof details === 'object' && details !== null && 'reason' in details ? details.reason : null;
  return typeof reason === 'string' && Object.hasOwn(ends, reason)
    ? (reason as PortalSessionEnd)
    : 'unknown';
}
