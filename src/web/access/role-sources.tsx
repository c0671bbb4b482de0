import { makeStyles, tokens } from '@fluentui/react-components';
import type { Me } from '../../contract/me.ts';
import { can } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { GroupList } from '../ui/group-list.tsx';
import { PageLink } from '../ui/links.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { countingSource } from './counting-source.ts';

const useStyles = makeStyles({
  list: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    paddingInlineStart: tokens.spacingHorizontalL,
  },
});

/** What gives the portal role: groups, a portal user, or both; then the higher one counts (R1). */
export function RoleSources({ me }: { me: Me }) {
  const styles = useStyles();
  const { portalRoleThrough: byGroups, portalUser: byUser } = me;
  if (byGroups !== null && byUser === null) return <GroupList groups={byGroups.through} />;
  if (byUser === null) return null;
  const counts = countingSource(byGroups?.role ?? null, byUser.role);
  return (
    <ul className={styles.list}>
      <li>
        As the user {byUser.email}: <RoleBadge role={byUser.role} />
        {counts === 'user' && ' This counts: it is the higher one.'}
        {can(me, 'user.view') && (
          <>
            {' '}
            <PageLink to={paths.user({ userId: byUser.id })}>Your entry under Users</PageLink>
          </>
        )}
      </li>
      {byGroups !== null && (
        <li>
          By groups: <RoleBadge role={byGroups.role} />
          {counts === 'groups' && ' This counts: it is the higher one.'}
          {counts === 'both' && ' Both give the same.'}
          <GroupList groups={byGroups.through} />
        </li>
      )}
    </ul>
  );
}
