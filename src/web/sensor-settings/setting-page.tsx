import { Button, Tooltip, useRestoreFocusTarget } from '@fluentui/react-components';
import { DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { getSsoSetting, type SsoSetting } from '../../contract/sso-settings.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DeleteSetting } from './delete-setting.tsx';
import { SavedNotice } from './saved-notice.tsx';
import { SettingDelivery } from './setting-delivery.tsx';
import { SettingDetails } from './setting-details.tsx';
import { SettingVersions } from './setting-versions.tsx';
import { useSettingStyles } from './setting-styles.ts';

/** A setting: what it gives to whom and where, its history, and the ways to change it. */
export function SensorSettingPage() {
  const settingId = useParams()['settingId'] ?? '';
  const mayView = can(useMe(), 'ssoSetting.view');
  const setting = useEndpoint(getSsoSetting, { params: { settingId } }, { enabled: mayView });
  const styles = useSettingStyles();
  return (
    <Page
      title={setting.data?.name ?? 'Setting'}
      breadcrumbs={[{ label: 'Sensor settings', to: paths.sensorSettings() }]}
      actions={setting.data === undefined ? null : <Actions setting={setting.data} />}
    >
      {mayView ? null : (
        <EmptyState title="Your role doesn’t show SSO settings">
          They are for a Security analyst or an Admin of a site.
        </EmptyState>
      )}
      {mayView && setting.isPending ? <Loading what="the setting" /> : null}
      {setting.error === null ? null : (
        <ProblemNotice error={setting.error} onRetry={() => void setting.refetch()} />
      )}
      {setting.data === undefined ? null : (
        <div className={styles.stack}>
          <SavedNotice setting={setting.data} />
          <SettingDelivery setting={setting.data} />
          <SettingDetails setting={setting.data} />
          <SettingVersions settingId={settingId} />
        </div>
      )}
    </Page>
  );
}

/** Absent for those who change nothing anywhere; disabled with the reason where this one isn't theirs. */
function Actions({ setting }: { readonly setting: SsoSetting }) {
  const [deleting, setDeleting] = useState(false);
  const takesFocusBack = useRestoreFocusTarget();
  if (!can(useMe(), 'ssoSetting.edit')) return null;
  if (!setting.mayEdit) {
    return (
      <Tooltip
        content="Needs the role Admin at every site, zone and sensor that it applies to"
        relationship="description"
      >
        <Button disabledFocusable icon={<EditRegular />}>
          Edit
        </Button>
      </Tooltip>
    );
  }
  return (
    <>
      <PageButton
        appearance="primary"
        icon={<EditRegular />}
        to={paths.editSensorSetting({ settingId: setting.id })}
      >
        Edit
      </PageButton>
      <Button {...takesFocusBack} icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {deleting ? <DeleteSetting setting={setting} onClose={() => setDeleting(false)} /> : null}
    </>
  );
}
