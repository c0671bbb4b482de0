import { ArrowImportRegular } from '@fluentui/react-icons';
import { listSites } from '../../contract/inventory.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { SitesTable } from './sites-table.tsx';

/** Sites where one has a role, with what SSO covers at each. */
export function SitesPage() {
  const me = useMe();
  const sites = useEndpoint(listSites);
  const mayImport = can(me, 'inventory.import');
  return (
    <Page title="Sites" actions={mayImport ? <ImportButton /> : null}>
      {sites.isPending ? <Loading what="sites" /> : null}
      {sites.error === null ? null : (
        <ProblemNotice error={sites.error} onRetry={() => void sites.refetch()} />
      )}
      {sites.data === undefined ? null : sites.data.sites.length === 0 ? (
        <NoSites mayImport={mayImport} />
      ) : (
        <SitesTable sites={sites.data.sites} showSettings={can(me, 'ssoSetting.view')} />
      )}
    </Page>
  );
}

function ImportButton() {
  return (
    <PageButton to={paths.inventoryImport()} icon={<ArrowImportRegular />} appearance="primary">
      Import inventory
    </PageButton>
  );
}

function NoSites({ mayImport }: { readonly mayImport: boolean }) {
  return (
    <EmptyState title="No sites yet" action={mayImport ? <ImportButton /> : null}>
      {mayImport
        ? 'Import the sensor export of your portal: its sites, zones and sensors appear here, and SSO settings can then be applied to them.'
        : 'Nothing has been imported yet, or you have no role at any site. Someone with the portal role Admin imports the inventory.'}
    </EmptyState>
  );
}
