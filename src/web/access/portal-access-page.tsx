import { Text } from '@fluentui/react-components';
import { getPortalAccess, type PortalAccess } from '../../contract/portal-access.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { GroupList } from '../ui/group-list.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { PortalAccessForm } from './portal-access-form.tsx';

/** Which groups have which role in the portal. Administering it opens no sensor's console. */
export function PortalAccessPage() {
  const me = useMe();
  const mayView = can(me, 'portalAccess.view');
  const access = useEndpoint(getPortalAccess, {}, { enabled: mayView });
  return (
    <Page
      title="Portal access"
      intro="Groups of Entra ID with a role in the portal: it counts at every site here. It doesn’t open a sensor’s console; only SSO settings do."
    >
      {!mayView && <NotForYourRole permission="portalAccess.view" />}
      {mayView && access.isPending && <Loading what="portal access" />}
      {access.error !== null && (
        <ProblemNotice error={access.error} onRetry={() => void access.refetch()} />
      )}
      {access.data !== undefined && (
        <>
          {access.data.changedAt !== null && (
            <Text size={200}>
              Last changed <Timestamp value={access.data.changedAt} />
              {access.data.changedBy !== null && ` by ${access.data.changedBy}`}
            </Text>
          )}
          {can(me, 'portalAccess.edit') ? (
            <PortalAccessForm access={access.data} />
          ) : (
            <ReadOnly access={access.data} />
          )}
        </>
      )}
    </Page>
  );
}

function ReadOnly({ access }: { access: PortalAccess }) {
  return (
    <>
      {roles.map((role) => (
        <Panel key={role} title={roleLabels[role]}>
          <GroupList groups={access.permissions[role]} showIds />
        </Panel>
      ))}
      <Text>Only an Admin of the portal may change this.</Text>
    </>
  );
}
