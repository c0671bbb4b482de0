import { AddRegular, ArrowUploadRegular, BuildingFactoryRegular } from '@fluentui/react-icons';
import type { Overview } from '../../contract/overview.ts';
import { can } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';

/** Leads on where there is nothing yet: first the inventory, then the first setting. */
export function FirstSteps({ overview: { me, sensors, ssoSettings } }: { overview: Overview }) {
  if (me.kind === 'recovery' && sensors === 0) {
    return (
      <EmptyState
        title="Connect Gatehouse with Microsoft Entra ID"
        icon={<BuildingFactoryRegular />}
        action={
          <PageButton to={paths.singleSignOn()} appearance="primary">
            Set up Single Sign-On
          </PageButton>
        }
      >
        This is a recovery session. Enter your tenant and application, try them with a real sign-in,
        and people can sign in with their own accounts.
      </EmptyState>
    );
  }
  if (sensors === 0) {
    return can(me, 'inventory.import') ? (
      <EmptyState
        title="Begin with your inventory"
        icon={<BuildingFactoryRegular />}
        action={
          <PageButton
            to={paths.inventoryImport()}
            appearance="primary"
            icon={<ArrowUploadRegular />}
          >
            Import inventory
          </PageButton>
        }
      >
        Import the sensor export of your portal (CSV). Sites, zones and sensors come from it; then
        you create the first SSO setting for a site.
      </EmptyState>
    ) : (
      <EmptyState title="There are no sensors yet" icon={<BuildingFactoryRegular />}>
        An Admin of the portal imports the inventory. After that, the sites where you have a role
        show up here.
      </EmptyState>
    );
  }
  if (ssoSettings !== 0 || !can(me, 'ssoSetting.edit')) return null;
  return (
    <EmptyState
      title="Now create the first SSO setting"
      action={
        <PageButton to={paths.newSensorSetting()} appearance="primary" icon={<AddRegular />}>
          Add an SSO setting
        </PageButton>
      }
    >
      The inventory is there. An SSO setting says which groups of Entra ID are Admin, Security
      analyst and Read only at which sites.
    </EmptyState>
  );
}
