import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Me } from '../../contract/me.ts';
import type { GroupReference } from '../../domain/group-mapping.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomStyle: 'none' },
  },
  line: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  why: { display: 'block', color: tokens.colorNeutralForeground2 },
});

type SettingRole = Me['sites'][number]['settings'][number];

const shownSites = 5;

/** One's own roles, each with what gives it. */
export function YourRoles({ me }: { me: Me }) {
  const styles = useStyles();
  // Who has a portal role has it everywhere: only what sites add to it is worth a line.
  const sites = me.sites.filter((site) => me.portalRole === null || site.settings.length > 0);
  return (
    <ul className={styles.list}>
      {me.portalRole !== null && (
        <li className={styles.row}>
          <div className={styles.line}>
            <span>The portal, and every site</span>
            <RoleBadge role={me.portalRole} />
          </div>
          <Text size={200} className={styles.why}>
            {me.kind === 'recovery' ? 'Through the recovery link' : portalRoleText(me)}
          </Text>
        </li>
      )}
      {sites.slice(0, shownSites).map((site) => (
        <li key={site.siteId} className={styles.row}>
          <div className={styles.line}>
            <PageLink to={paths.site({ siteId: site.siteId })}>{site.siteName}</PageLink>
            <RoleBadge role={site.settings[0]?.role ?? site.role} />
          </div>
          <Text size={200} className={styles.why}>
            {site.settings[0] === undefined ? 'Whole site' : settingText(site.settings[0])}
          </Text>
        </li>
      ))}
      {sites.length > shownSites && (
        <li className={styles.row}>
          <PageLink to={paths.myAccess()}>{`All ${sites.length} sites`}</PageLink>
        </li>
      )}
    </ul>
  );
}

/** Why somebody has the portal role: what gives the higher one, groups or an entry under Users (R1). */
function portalRoleText({ portalRole, portalRoleThrough: byGroups, portalUser }: Me): string {
  const byUser = portalUser === null ? null : `As the user ${portalUser.email}`;
  if (byGroups === null || byGroups.role !== portalRole) return byUser ?? throughText([]);
  const groups = throughText(byGroups.through);
  return byUser === null || portalUser?.role !== portalRole ? groups : `${groups} · ${byUser}`;
}

/** Where a setting gives a role, and through what: `Zone Tank farm · Antwerp SSO · Through the group …`. */
function settingText({ level, targetName, settingName, through }: SettingRole): string {
  const where = {
    site: 'Whole site',
    zone: `Zone ${targetName}`,
    sensor: `Sensor ${targetName}`,
  }[level];
  return `${where} · ${settingName} · ${throughText(through)}`;
}

/** Why somebody has a role: the groups that give it. */
function throughText(groups: readonly GroupReference[]): string {
  if (groups.length === 0) return 'Through portal access';
  const names = groups.map((group) => group.displayName ?? group.id).join(', ');
  return groups.length === 1 ? `Through the group ${names}` : `Through the groups ${names}`;
}
