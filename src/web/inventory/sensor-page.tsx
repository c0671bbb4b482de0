import { Subtitle2 } from '@fluentui/react-components';
import { useParams } from 'react-router-dom';
import { getSensor, type SensorSummary } from '../../contract/inventory.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { EffectiveSettingSection } from './effective-setting-section.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { GateSection } from './gate-section.tsx';
import { Health } from './health-badge.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { PageLink } from '../ui/links.tsx';
import { sensorSso } from './sensor-sso.ts';
import { SsoBadge } from './sso-badge.tsx';
import { UtcTime } from './utc-time.tsx';

/** A sensor, with the SSO setting that applies to it: read-only here. */
export function SensorPage() {
  const sensorId = useParams()['sensorId'] ?? '';
  const sensor = useEndpoint(getSensor, { params: { sensorId } });
  const site =
    sensor.data === undefined
      ? []
      : [{ label: sensor.data.siteName, to: paths.site({ siteId: sensor.data.siteId }) }];
  return (
    <Page
      title={sensor.data?.name ?? 'Sensor'}
      breadcrumbs={[{ label: 'Sites', to: paths.sites() }, ...site]}
    >
      {sensor.isPending ? <Loading what="the sensor" /> : null}
      {sensor.error === null ? null : (
        <ProblemNotice error={sensor.error} onRetry={() => void sensor.refetch()} />
      )}
      {sensor.data === undefined ? null : <SensorContent sensor={sensor.data} />}
    </Page>
  );
}

function SensorContent({ sensor }: { readonly sensor: SensorSummary }) {
  const styles = useInventoryStyles();
  return (
    <div className={styles.stack}>
      <SensorFacts sensor={sensor} />
      <Subtitle2 as="h2" className={styles.heading}>
        Single sign-on
      </Subtitle2>
      <div className={styles.row}>
        <SsoBadge sensor={sensor} />
        <span>{sensorSso(sensor).reason}</span>
      </div>
      {roleAllows(sensor.role, 'ssoSetting.view') ? (
        <EffectiveSettingSection sensor={sensor} />
      ) : (
        <p className={styles.muted}>
          Your role here doesn’t show SSO settings. A Security analyst or an Admin of this site can
          tell you which one applies. What you may do where, and why, is on{' '}
          <PageLink to={paths.myAccess()}>My access</PageLink>.
        </p>
      )}
      <GateSection sensor={sensor} />
    </div>
  );
}

function SensorFacts({ sensor }: { readonly sensor: SensorSummary }) {
  return (
    <Facts>
      <Fact term="Site">
        <PageLink to={paths.site({ siteId: sensor.siteId })}>{sensor.siteName}</PageLink>
      </Fact>
      <Fact term="Zone">{sensor.zoneName}</Fact>
      <Fact term="Subscription name">{sensor.subscriptionName}</Fact>
      <Fact term="Sensor type">{sensor.type}</Fact>
      <Fact term="Sensor version">{sensor.version || '–'}</Fact>
      <Fact term="Sensor health">
        <Health health={sensor.health} />
      </Fact>
      <Fact term="Last connected (UTC)">
        <UtcTime value={sensor.lastConnectedAt} />
      </Fact>
      <Fact term="Threat Intelligence version">{sensor.threatIntelligenceVersion || '–'}</Fact>
      <Fact term="Threat Intelligence mode">{sensor.threatIntelligenceMode || '–'}</Fact>
      <Fact term="Threat Intelligence update status">{sensor.threatIntelligenceStatus || '–'}</Fact>
      <Fact term="Your role here">
        <RoleBadge role={sensor.role} />
      </Fact>
    </Facts>
  );
}
