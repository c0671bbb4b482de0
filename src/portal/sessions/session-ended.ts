import type { PortalSessionEnd } from '../../contract/sessions.ts';
import { ProblemError } from '../../server/problem-error.ts';

const reasons: Readonly<Record<PortalSessionEnd, string>> = {
  signedOut: 'You signed out.',
  signedOutElsewhere: 'You signed out at Microsoft or in another application.',
  idle: 'It was not used for too long.',
  total: 'It has lasted as long as a session may.',
  administrator: 'An administrator ended it.',
  entraRefused: 'Microsoft Entra ID doesn’t confirm your sign-in any more.',
  unconfirmed: 'Microsoft Entra ID can’t be asked whether it still confirms your sign-in.',
  providerRetired: 'The sign-in that it was opened by isn’t offered any more.',
  replaced: 'You signed in again in this browser, or in many others since.',
  unknown: 'It isn’t known any more.',
};

/** 401 for the cookie of a session that is over, or never was. */
export function sessionEnded(reason: PortalSessionEnd): ProblemError {
  return new ProblemError(401, 'session_ended', `Your session has ended. ${reasons[reason]}`, {
    details: { reason },
    headers: { 'www-authenticate': 'Bearer realm="gatehouse"' },
  });
}
