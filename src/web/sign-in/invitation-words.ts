import type { ResponseOf } from '../../contract/endpoint.ts';
import type { lookUpInvitation } from '../../contract/users.ts';

export type Invitation = ResponseOf<typeof lookUpInvitation>;

interface Words {
  readonly title: string;
  readonly text: readonly string[];
}

/** What to do with an invitation that isn't open any more, by what became of it. */
export function invitationGone({
  name,
  email,
}: Pick<Invitation, 'name' | 'email'>): Readonly<
  Record<Exclude<Invitation['state'], 'open'>, Words>
> {
  const whose = `It was for ${name} (${email}).`;
  return {
    used: {
      title: 'This invitation was used',
      text: [
        whose,
        'You need it no more: whoever came in by it signs in with their Microsoft account from now on. If that wasn’t you, tell whoever invited you.',
      ],
    },
    expired: {
      title: 'This invitation has expired',
      text: [
        whose,
        'An invitation is good for 7 days. Ask whoever invited you for another one: in Gatehouse, Settings › Users, “Resend invitation”.',
      ],
    },
    revoked: {
      title: 'This invitation was revoked',
      text: [
        whose,
        'An administrator took it back. If you should have access all the same, ask whoever invited you for another one: in Gatehouse, Settings › Users, “Resend invitation”.',
      ],
    },
  };
}

/** Is it the invited person who is signed in, as far as the page can tell? */
export function isInvited(
  { email }: Pick<Invitation, 'email'>,
  me: {
    readonly userPrincipalName: string | null;
    readonly portalUser: { readonly email: string } | null;
  },
): boolean {
  return [me.userPrincipalName, me.portalUser?.email].some(
    (one) => one?.toLowerCase() === email.toLowerCase(),
  );
}
