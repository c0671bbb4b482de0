import { explainAadsts, type AadstsExplanation } from '../../domain/aadsts.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';

/** MSAL's own codes that people meet; its texts are links only, so that we have to say it. */
const clientCodes: Readonly<Record<string, AadstsExplanation>> = {
  access_denied: {
    meaning: 'Microsoft Entra ID was told not to let this sign-in go on.',
    fix: 'Select SSO Sign-in again. If you didn’t cancel it yourself, quote the details below.',
    mender: 'you',
  },
  user_cancelled: {
    meaning: 'The window was closed before the sign-in was complete.',
    fix: 'Select SSO Sign-in again.',
    mender: 'you',
  },
  no_network_connectivity: {
    meaning: 'This computer has no network connection.',
    fix: 'Connect to the network, then select SSO Sign-in again.',
    mender: 'you',
  },
  post_request_failed: {
    meaning: 'Microsoft Entra ID can’t be reached from here.',
    fix: 'Check that this network allows HTTPS to Microsoft Entra ID’s sign-in address, then try again.',
    mender: 'portalAdministrator',
  },
  timed_out: {
    meaning: 'Microsoft Entra ID didn’t answer in time.',
    fix: 'Select SSO Sign-in again. If it happens often, check that this network allows HTTPS to Microsoft Entra ID’s sign-in address.',
    mender: 'you',
  },
  state_not_found: {
    meaning: 'The sign-in was answered, but this browser no longer knows that it asked.',
    fix: 'Select SSO Sign-in to start again, in this window.',
    mender: 'you',
  },
};

const unexpected: AadstsExplanation = {
  meaning: 'The sign-in didn’t succeed.',
  fix: 'Select SSO Sign-in again. If it fails again, quote the details below.',
  mender: 'portalAdministrator',
};

/** What happened, what to do, and who can: from Entra's number where there is one, else MSAL's code. */
export function explainSignInFailure(failure: SignInFailure): AadstsExplanation {
  const byNumber = failure.aadsts === null ? null : explainAadsts(failure.aadsts);
  return byNumber ?? clientCodes[failure.code] ?? unexpected;
}

/** What to quote when asking for help: name and value. */
export function quoteOf(failure: SignInFailure): (readonly [name: string, value: string])[] {
  return [
    ['Code', failure.aadsts === null ? failure.code : `AADSTS${failure.aadsts}`] as const,
    ...(failure.correlationId === null ? [] : [['Correlation ID', failure.correlationId] as const]),
    ...(failure.traceId === null ? [] : [['Trace ID', failure.traceId] as const]),
  ];
}
