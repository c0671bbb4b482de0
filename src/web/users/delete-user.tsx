import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { deleteUser, getUser, type PortalUser } from '../../contract/users.ts';
import { endpointKey, useChange } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { useNotify } from '../ui/notify.tsx';
import { forgetUnsaved } from '../ui/unsaved.ts';
import { AskFirst } from './ask-first.tsx';
import { lastWayWords } from './user-words.ts';

interface DeleteUserProps {
  readonly user: PortalUser;
  readonly onClose: () => void;
}

/** Deletes a user, and goes back to the list. */
export function DeleteUser({ user, onClose }: DeleteUserProps) {
  const notify = useNotify();
  const navigate = useNavigate();
  const queries = useQueryClient();
  // Asked anew only once the page of the user is left: there is nothing there any more.
  const remove = useChange(deleteUser, { invalidates: false });
  const act = async () => {
    await remove.mutateAsync({ params: { userId: user.id } });
    forgetUnsaved();
    await navigate(paths.users());
    queries.removeQueries({ queryKey: endpointKey(getUser.path, { userId: user.id }) });
    notify('success', `${user.name} is deleted`);
    await queries.invalidateQueries();
  };
  return (
    <AskFirst
      title={`Delete ${user.name}?`}
      confirm="Delete user"
      text={deletionText(user)}
      busy={remove.isPending}
      error={remove.error}
      // What went wrong is shown in the window.
      onConfirm={() => void act().catch(() => undefined)}
      onClose={onClose}
    />
  );
}

function deletionText(user: PortalUser): string[] {
  const { name, email, linked, status } = user;
  const admin = lastWayWords(user);
  if (linked === null) return [`The invitation of ${email} is no good any more.`, ...admin];
  return [
    `The link with the Microsoft account goes, and open sessions of ${name} at the portal end. What they did stays in the audit log.`,
    status === 'disabled'
      ? 'Careful: a disabled user is refused whatever their groups give. Once deleted, their groups count again.'
      : 'A role that their groups give stays: to keep somebody out for good, disable them, or take them out of the groups.',
    ...admin,
  ];
}
