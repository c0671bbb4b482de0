import type { PortalSessionEnd } from '../../contract/sessions.ts';

/** Why a session that the server kept is over, as a sentence to the person. */
export const sessionEndWords: Readonly<Record<PortalSessionEnd, string>> = {
  signedOut: 'Your session was ended from another browser or by sign-out.',
  signedOutElsewhere: 'You signed out at Microsoft, or in another application there.',
  idle: 'Your session ended because nothing was done in it for a while.',
  total: 'Your session has lasted as long as sessions may here.',
  administrator:
    'An administrator ended your session. If nobody told you why, ask before you sign in again.',
  entraRefused:
    'Microsoft Entra ID doesn’t confirm your sign-in any more. That happens when a password is changed, or an account disabled or its sessions revoked.',
  unconfirmed:
    'Your session ended because Gatehouse can’t ask Microsoft Entra ID whether it still holds.',
  providerRetired: 'The way by which you had signed in isn’t offered any more.',
  replaced:
    'A newer sign-in took its place: in this browser, or beyond the twenty sessions that one person can have open.',
  unknown: 'Nobody is signed in in this browser any more.',
};
