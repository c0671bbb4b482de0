import { explainAadsts } from '../../domain/aadsts.ts';
import type { AadstsExplanation } from '../../domain/aadsts-explanation.ts';
import type { WebSignInFailure } from '../../domain/web-sign-in.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';

/** What the server says of a sign-in that it did itself. */
const serverCodes: Readonly<Record<WebSignInFailure, AadstsExplanation>> = {
  sign_in_unknown: {
    meaning: 'This browser doesn’t know of the sign-in that was answered.',
    fix: 'Start again, in one window. It happens where a page of Microsoft was opened twice, from a bookmark or in another browser, or where cookies are blocked for this site.',
    mender: 'you',
  },
  sign_in_expired: {
    meaning: 'The sign-in took longer than ten minutes.',
    fix: 'Start again.',
    mender: 'you',
  },
  response_incomplete: {
    meaning: 'What came back from Microsoft was neither a sign-in nor a reason.',
    fix: 'Start again, in a private window if it happens twice. If it still fails, quote the details below.',
    mender: 'you',
  },
  provider_refused: {
    meaning: 'Microsoft Entra ID refused the sign-in.',
    fix: 'Start again. If you didn’t cancel it yourself, quote the details below: the Entra sign-in log says more.',
    mender: 'entraAdministrator',
  },
  credential_refused: {
    meaning:
      'Microsoft Entra ID refused the secret or the certificate of Gatehouse. It isn’t your account.',
    fix: 'Enter, verify and promote another secret under Settings › Single Sign-On. Until then use another way to sign in, or a recovery link.',
    mender: 'portalAdministrator',
  },
  id_token_invalid: {
    meaning:
      'The answer that came back couldn’t be confirmed to be Microsoft’s, and meant for Gatehouse.',
    fix: 'Start again. If it fails again, compare the provider under Settings › Single Sign-On with its app registration, and verify it again.',
    mender: 'portalAdministrator',
  },
  wrong_tenant: {
    meaning:
      'The account that you used belongs to another organization than the one that Gatehouse lets in.',
    fix: 'Use another account, of the organization itself. If you have none there, ask an administrator of its Entra ID to invite you as a guest.',
    mender: 'you',
  },
  provider_inactive: {
    meaning: 'This way to sign in isn’t offered any more.',
    fix: 'Use one of those that the sign-in page shows now.',
    mender: 'you',
  },
  provider_unreachable: {
    meaning: 'The server of Gatehouse can’t reach Microsoft Entra ID.',
    fix: 'Try again in a minute. If it stays so, check that the server may send HTTPS (port 443) to Entra ID’s sign-in address.',
    mender: 'portalAdministrator',
  },
  provider_answer_invalid: {
    meaning: 'Something else than Microsoft Entra ID answered the server of Gatehouse.',
    fix: 'Try again in a minute. If it stays so, look for a proxy or a firewall between the server and Entra ID that answers in its place.',
    mender: 'portalAdministrator',
  },
  clock_off: {
    meaning: 'The clocks of Gatehouse and of Microsoft Entra ID are more than five minutes apart.',
    fix: 'Set the server’s clock, best by a time server (NTP).',
    mender: 'portalAdministrator',
  },
  portal_unavailable: {
    meaning: 'Gatehouse itself couldn’t complete the sign-in. It isn’t your account.',
    fix: 'Start again in a minute. If it still fails, quote the details below: the log of the portal names the reason at that time.',
    mender: 'portalAdministrator',
  },
  too_many_requests: {
    meaning: 'There were too many sign-ins from here within a short time.',
    fix: 'Wait a minute, then try again.',
    mender: 'you',
  },
};

/** MSAL's own codes that people meet; its texts are links only, so that we have to say it. */
const clientCodes: Readonly<Record<string, AadstsExplanation>> = {
  ...serverCodes,
  offline: {
    meaning: 'Gatehouse can’t be reached from here.',
    fix: 'Check your connection, then try again.',
    mender: 'you',
  },
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
  const byCode = Object.hasOwn(clientCodes, failure.code) ? clientCodes[failure.code] : undefined;
  // A number that nobody has an explanation for says less than a code that has one.
  return byNumber?.known === false ? (byCode ?? byNumber) : (byNumber ?? byCode ?? unexpected);
}

/** What to look up under Troubleshooting; null where it says nothing more. */
export function lookedUp({ aadsts }: SignInFailure): string | null {
  return aadsts === null ? null : `AADSTS${aadsts}`;
}

/** What to quote when asking for help: name and value. */
export function quoteOf(failure: SignInFailure): (readonly [name: string, value: string])[] {
  return [
    ['Code', failure.aadsts === null ? failure.code : `AADSTS${failure.aadsts}`] as const,
    ...(failure.correlationId === null ? [] : [['Correlation ID', failure.correlationId] as const]),
    ...(failure.traceId === null ? [] : [['Trace ID', failure.traceId] as const]),
  ];
}
