import { makeStyles, tokens } from '@fluentui/react-components';
import { getOverview, type Overview } from '../../contract/overview.ts';
import { can, useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ShareBar } from '../ui/share-bar.tsx';
import { Counts } from './counts.tsx';
import { ExpiringCredentials } from './expiring-credentials.tsx';
import { FirstSteps } from './first-steps.tsx';
import { GatesPanel } from './gates-panel.tsx';
import { healthShares, ssoShares } from './health-shares.ts';
import { RecentChanges, RecentSignIns } from './recent-activity.tsx';
import { YourRoles } from './your-roles.tsx';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'stretch',
  },
});

/** Overview: what people see first after signing in. */
export function OverviewPage() {
  const overview = useEndpoint(getOverview);
  return (
    <Page title="Overview" intro="Your sites, zones and sensors, and who signs in to them.">
      {overview.error !== null && (
        <ProblemNotice error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data !== undefined && <Loaded overview={overview.data} />}
      {overview.isPending && <Loading what="Overview" />}
    </Page>
  );
}

function Loaded({ overview }: { overview: Overview }) {
  const styles = useStyles();
  const { me } = overview;
  return (
    <>
      <ExpiringCredentials credentials={overview.expiringCredentials ?? []} />
      <FirstSteps overview={overview} />
      <Counts overview={overview} />
      {overview.sensors > 0 && (
        <div className={styles.grid}>
          <Panel title="Sensors by SSO coverage">
            <ShareBar shares={ssoShares(overview.sso)} />
          </Panel>
          <Panel title="Sensors by health">
            <ShareBar shares={healthShares(overview.sensorsByHealth)} />
          </Panel>
          <GatesPanel />
        </div>
      )}
      <div className={styles.grid}>
        <Panel
          title="Your roles, and why"
          aside={<PageLink to={paths.myAccess()}>My access</PageLink>}
        >
          <YourRoles me={me} />
        </Panel>
        {overview.recentSignIns !== null && can(me, 'activity.view') && (
          <Panel
            title="Recent sign-ins"
            aside={<PageLink to={paths.signIns()}>All sign-ins</PageLink>}
          >
            <RecentSignIns signIns={overview.recentSignIns} />
          </Panel>
        )}
        {overview.recentChanges !== null && can(me, 'activity.view') && (
          <Panel title="Recent changes" aside={<PageLink to={paths.audit()}>Audit</PageLink>}>
            <RecentChanges events={overview.recentChanges} />
          </Panel>
        )}
      </div>
    </>
  );
}
