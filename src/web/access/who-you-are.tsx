import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Me } from '../../contract/me.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel } from '../ui/panel.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { CameInBy } from './came-in-by.tsx';
import { RoleSources } from './role-sources.tsx';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, max-content) 1fr',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL}`,
    margin: 0,
    '@media (max-width: 640px)': { gridTemplateColumns: '1fr', rowGap: tokens.spacingVerticalXXS },
  },
  // Above its value in a narrow window, it is smaller, as names are elsewhere.
  name: {
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 640px)': {
      fontSize: tokens.fontSizeBase200,
      lineHeight: tokens.lineHeightBase200,
    },
  },
  value: {
    margin: 0,
    overflowWrap: 'anywhere',
    '@media (max-width: 640px)': { marginBottom: tokens.spacingVerticalM },
  },
});

const groupSources = {
  token: 'Your sign-in',
  graph: 'Microsoft Graph, because you are in more groups than a sign-in carries',
  none: 'None',
} as const;

/** Who the server takes one for, and the portal role with its reason. */
export function WhoYouAre({ me }: { me: Me }) {
  const styles = useStyles();
  return (
    <Panel title="You">
      <dl className={styles.facts}>
        <dt className={styles.name}>Name</dt>
        <dd className={styles.value}>
          {me.name}
          {me.guest && ' (guest)'}
        </dd>
        {me.userPrincipalName !== null && (
          <>
            <dt className={styles.name}>User principal name</dt>
            <dd className={styles.value}>{me.userPrincipalName}</dd>
          </>
        )}
        {me.objectId !== null && (
          <>
            <dt className={styles.name}>Object ID</dt>
            <dd className={styles.value}>
              <Text font="monospace">{me.objectId}</Text>
              <CopyButton value={me.objectId} what="your object ID" />
            </dd>
          </>
        )}
        <dt className={styles.name}>Role in the portal</dt>
        <dd className={styles.value}>
          {me.portalRole === null ? (
            'None. Your roles are at sites only: see below.'
          ) : (
            <RoleBadge role={me.portalRole} />
          )}
          <RoleSources me={me} />
        </dd>
        <dt className={styles.name}>Signed in by</dt>
        <dd className={styles.value}>
          <CameInBy me={me} />
        </dd>
        {me.kind === 'entra' && (
          <>
            <dt className={styles.name}>Groups known from</dt>
            <dd className={styles.value}>{groupSources[me.groupsFrom]}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
