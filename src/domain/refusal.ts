/**
 * Why somebody isn't let in, as stable codes: `code` of the problem document, of the audit entry
 * and of the page that explains it.
 */
export const refusals = {
  no_role: 'None of your groups gives a role here',
  profile_incomplete: 'Your profile in Entra ID is incomplete',
  groups_incomplete: 'Your group list could not be completed',
  sso_off: 'Single sign-on is off at this sensor',
  sensor_unsupported: 'The software of this sensor is too old for single sign-on',
  bundle_expired: 'This gate has been without its portal for too long',
  no_bundle: 'This gate has not received its settings yet',
  gate_revoked: 'This gate was revoked',
  clock_off: 'The clock of this sensor is wrong',
  session_revoked: 'Your session was ended by an administrator',
  user_disabled: 'Your account in Gatehouse was disabled',
  invitation_expired: 'Your invitation has expired',
  address_taken: 'Your e-mail address belongs to another account here',
  console_refused: 'Your role doesn’t allow this in the console',
} as const;
