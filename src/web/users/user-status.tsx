import { Badge, type BadgeProps } from '@fluentui/react-components';
import type { PortalUser } from '../../contract/users.ts';
import { Timestamp } from '../ui/timestamp.tsx';
import { standingLabels, standingOf, type Standing } from './user-words.ts';

const looks: Readonly<Record<Standing, NonNullable<BadgeProps['color']>>> = {
  invited: 'informative',
  invitationExpired: 'warning',
  invitationRevoked: 'warning',
  active: 'success',
  disabled: 'danger',
};

/** Invited (and when that ends), Invitation expired, Active, Disabled. */
export function UserStatus({ user }: { user: PortalUser }) {
  const standing = standingOf(user);
  return (
    <>
      <Badge appearance="tint" color={looks[standing]}>
        {standingLabels[standing]}
      </Badge>
      {standing === 'invited' && user.invitation !== null && (
        <>
          {' '}
          expires <Timestamp value={user.invitation.expiresAt} />
        </>
      )}
    </>
  );
}
