/**
 * Why somebody isn't let in, as stable codes: `code` of the problem document, of the audit entry
 * and of the page that explains it.
 */
export const refusals = {
  no_role: 'None of your groups gives a role here',
  profile_incomplete: 'Your profile in Entra ID is incomplete',
  groups_incomplete: 'Your group list could not be completed',
} as const;
