import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import type { ResponseOf } from '../../contract/endpoint.ts';
import type { PortalUser, resendInvitation } from '../../contract/users.ts';
import { DeleteUser } from './delete-user.tsx';
import { DisableUser } from './disable-user.tsx';
import { ResendInvitation, RevokeInvitation } from './invitation-actions.tsx';
import { standingOf } from './user-words.ts';

type Asked = 'resend' | 'revoke' | 'disable' | 'delete';

interface UserActionsProps {
  readonly user: PortalUser;
  /** Another link was made: it is shown once. */
  readonly onResent: (invited: ResponseOf<typeof resendInvitation>) => void;
}

/** What can be done about a user; each is asked about before. Nobody disables or deletes themself. */
export function UserActions({ user, onResent }: UserActionsProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const takesFocusBack = useRestoreFocusTarget();
  const standing = standingOf(user);
  const unlinked = user.linked === null && standing !== 'disabled';
  const close = () => setAsked(null);
  const button = (what: Asked, label: string) => (
    <Button {...takesFocusBack} onClick={() => setAsked(what)}>
      {label}
    </Button>
  );
  return (
    <>
      {unlinked && button('resend', 'Resend invitation')}
      {standing === 'invited' && button('revoke', 'Revoke invitation')}
      {!user.you && button('disable', standing === 'disabled' ? 'Enable' : 'Disable')}
      {!user.you && button('delete', 'Delete')}
      {asked === 'resend' && <ResendInvitation user={user} onDone={onResent} onClose={close} />}
      {asked === 'revoke' && <RevokeInvitation user={user} onClose={close} />}
      {asked === 'disable' && <DisableUser user={user} onClose={close} />}
      {asked === 'delete' && <DeleteUser user={user} onClose={close} />}
    </>
  );
}
