import { Subtitle2 } from '@fluentui/react-components';
import { useParams } from 'react-router-dom';
import { getSite, type SiteDetail } from '../../contract/inventory.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { HeldSetting } from './held-setting.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { SiteDelivery } from './site-delivery.tsx';
import { SsoCoverage } from './sso-coverage.tsx';
import { ZonesTable } from './zones-table.tsx';

/** A site: its zones and sensors, and the SSO setting that each level has of its own. */
export function SitePage() {
  const siteId = useParams()['siteId'] ?? '';
  const site = useEndpoint(getSite, { params: { siteId } });
  return (
    <Page
      title={site.data?.name ?? 'Site'}
      breadcrumbs={[{ label: 'Sites', to: paths.sites() }]}
      actions={site.data === undefined ? null : <SensorsButton siteId={siteId} />}
    >
      {site.isPending ? <Loading what="the site" /> : null}
      {site.error === null ? null : (
        <ProblemNotice error={site.error} onRetry={() => void site.refetch()} />
      )}
      {site.data === undefined ? null : <SiteContent site={site.data} />}
    </Page>
  );
}

function SensorsButton({ siteId }: { readonly siteId: string }) {
  return (
    <PageButton to={`${paths.sensors()}?site=${siteId}`}>View as a list of sensors</PageButton>
  );
}

function SiteContent({ site }: { readonly site: SiteDetail }) {
  const styles = useInventoryStyles();
  return (
    <div className={styles.stack}>
      <Facts>
        <Fact term="Subscription name">{site.subscriptionName}</Fact>
        <Fact term="Zones">{site.zones}</Fact>
        <Fact term="Sensors">{site.sensors}</Fact>
        <Fact term="SSO coverage">
          <SsoCoverage covered={site.sensorsWithSso} sensors={site.sensors} />
        </Fact>
        <Fact term="SSO setting of the site">
          <HeldSetting
            heldBy={site.heldBy}
            visible={roleAllows(site.role, 'ssoSetting.view')}
            none="None"
          />
        </Fact>
        {site.sensors === 0 ? null : <SiteDelivery siteId={site.id} />}
        <Fact term="Your highest role here">
          <RoleBadge role={site.role} />
        </Fact>
      </Facts>
      <Subtitle2 as="h2" className={styles.heading}>
        Zones and sensors
      </Subtitle2>
      {site.zoneList.length === 0 ? (
        <EmptyState title="No zones">This site has no zones that you may see.</EmptyState>
      ) : (
        <ZonesTable site={site} />
      )}
    </div>
  );
}
