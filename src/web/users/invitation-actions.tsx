import type { ResponseOf } from '../../contract/endpoint.ts';
import { resendInvitation, revokeInvitation, type PortalUser } from '../../contract/users.ts';
import { useChange } from '../api/hooks.ts';
import { useNotify } from '../ui/notify.tsx';
import { AskFirst } from './ask-first.tsx';

interface ResendInvitationProps {
  readonly user: PortalUser;
  readonly onDone: (invited: ResponseOf<typeof resendInvitation>) => void;
  readonly onClose: () => void;
}

/** Makes another link. */
export function ResendInvitation({ user, onDone, onClose }: ResendInvitationProps) {
  const resend = useChange(resendInvitation);
  const act = () =>
    resend.mutate(
      { params: { userId: user.id } },
      {
        onSuccess: ({ value }) => {
          onDone(value);
          onClose();
        },
      },
    );
  return (
    <AskFirst
      title={`Make another invitation for ${user.name}?`}
      confirm="Resend invitation"
      text={[
        `Another link is made, good for 7 days, and mailed to ${user.email} where a mail server is set up.`,
        'The link before is no good any more.',
      ]}
      busy={resend.isPending}
      error={resend.error}
      onConfirm={act}
      onClose={onClose}
    />
  );
}

interface RevokeInvitationProps {
  readonly user: PortalUser;
  readonly onClose: () => void;
}

/** Withdraws the link that is open. */
export function RevokeInvitation({ user, onClose }: RevokeInvitationProps) {
  const notify = useNotify();
  const revoke = useChange(revokeInvitation);
  const act = () =>
    revoke.mutate(
      { params: { userId: user.id } },
      {
        onSuccess: () => {
          onClose();
          notify('success', 'Invitation revoked', user.email);
        },
      },
    );
  return (
    <AskFirst
      title={`Revoke the invitation of ${user.name}?`}
      confirm="Revoke invitation"
      text={[
        `${user.email} can’t come in by it any more. The user stays in the list and can be invited again.`,
      ]}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={act}
      onClose={onClose}
    />
  );
}
