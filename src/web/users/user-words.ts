import type { PortalUser } from '../../contract/users.ts';

/** How a portal user stands, as the list and the filter have it. */
export const standings = [
  'invited',
  'invitationExpired',
  'invitationRevoked',
  'active',
  'disabled',
] as const;

export type Standing = (typeof standings)[number];

export const standingLabels: Readonly<Record<Standing, string>> = {
  invited: 'Invited',
  invitationExpired: 'Invitation expired',
  invitationRevoked: 'Invitation revoked',
  active: 'Active',
  disabled: 'Disabled',
};

export function standingOf({ status, invitation }: PortalUser): Standing {
  if (status !== 'invited') return status;
  if (invitation?.state === 'expired') return 'invitationExpired';
  return invitation?.state === 'open' ? 'invited' : 'invitationRevoked';
}

/** How the account is secured: by the Microsoft account that is linked to it, or not yet. */
export function accountSecurity({ linked }: Pick<PortalUser, 'linked'>): string {
  if (linked === null) return 'Not linked yet';
  return linked.changedEmail === null
    ? 'Microsoft account linked'
    : `Microsoft account linked. Address changed at Microsoft: ${linked.changedEmail}`;
}

/** What became of the mail with the link; null where no mail server is configured. */
export function mailWords(mail: string | null, email: string): string | null {
  if (mail === null) return null;
  return mail === 'sent'
    ? `It was sent to ${email} too.`
    : `The mail to ${email} didn’t go: ${mail}.`;
}

/** Said before an Admin is disabled or deleted. */
export function lastWayWords({ role }: Pick<PortalUser, 'role'>): string[] {
  return role === 'admin' ? ['The last way into the portal as Admin can’t be taken away.'] : [];
}
