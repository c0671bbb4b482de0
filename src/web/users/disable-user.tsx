import { changeUser, type PortalUser } from '../../contract/users.ts';
import { useChange } from '../api/hooks.ts';
import { useNotify } from '../ui/notify.tsx';
import { AskFirst } from './ask-first.tsx';
import { lastWayWords } from './user-words.ts';

interface DisableUserProps {
  readonly user: PortalUser;
  readonly onClose: () => void;
}

/** Disables a user, or enables them again. */
export function DisableUser({ user, onClose }: DisableUserProps) {
  const notify = useNotify();
  const change = useChange(changeUser);
  const { id, name, role, revision } = user;
  const enabling = user.status === 'disabled';
  const act = () =>
    change.mutate(
      { params: { userId: id }, body: { name, role, disabled: !enabling }, ifMatch: revision },
      {
        onSuccess: () => {
          onClose();
          notify('success', enabling ? `${name} is enabled` : `${name} is disabled`);
        },
      },
    );
  return (
    <AskFirst
      title={enabling ? `Enable ${name}?` : `Disable ${name}?`}
      confirm={enabling ? 'Enable user' : 'Disable user'}
      text={enabling ? enablingText(user) : disablingText(user)}
      busy={change.isPending}
      error={change.error}
      onConfirm={act}
      onClose={onClose}
    />
  );
}

function disablingText(user: PortalUser): string[] {
  const { name, linked } = user;
  const admin = lastWayWords(user);
  if (linked === null) return [`${name} can’t come in by the invitation until enabled.`, ...admin];
  return [
    `${name} is refused in the portal at once, whatever role their groups give. Open sessions at the portal end.`,
    'Consoles of sensors aren’t concerned: there only the SSO settings count. Their account at Microsoft stays as it is.',
    ...admin,
  ];
}

function enablingText({ name, linked }: PortalUser): string[] {
  return linked === null
    ? ['An invitation that has expired meanwhile has to be sent anew.']
    : [`${name} can sign in again at once, with the role that the user has.`];
}
