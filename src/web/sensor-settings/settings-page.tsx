import { Button, SearchBox, Subtitle2, Text, Tooltip } from '@fluentui/react-components';
import { ShieldKeyholeRegular } from '@fluentui/react-icons';
import { useSearchParams } from 'react-router-dom';
import { listSsoSettings, type SsoSetting } from '../../contract/sso-settings.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DeletedNotice } from './deleted-notice.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { SettingsTable } from './settings-table.tsx';

/** Sensor settings, grouped by type. There is one type so far: Single sign-on. */
export function SensorSettingsPage() {
  const me = useMe();
  const mayView = can(me, 'ssoSetting.view');
  const settings = useEndpoint(listSsoSettings, {}, { enabled: mayView });
  return (
    <Page
      title="Sensor settings"
      intro="What sensors are given by site, zone or sensor. The most specific setting wins whole."
      actions={mayView ? <AddButton mayAdd={can(me, 'ssoSetting.edit')} /> : null}
    >
      {mayView ? <DeletedNotice /> : null}
      {mayView ? null : (
        <EmptyState title="Your role doesn’t show SSO settings" icon={<ShieldKeyholeRegular />}>
          They are for a Security analyst or an Admin of a site. What you may do where, and why, is
          on My access.
        </EmptyState>
      )}
      {mayView && settings.isPending ? <Loading what="settings" /> : null}
      {settings.error === null ? null : (
        <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.data === undefined ? null : (
        <SettingsOfType settings={settings.data.settings} mayAdd={can(me, 'ssoSetting.edit')} />
      )}
    </Page>
  );
}

function AddButton({ mayAdd }: { readonly mayAdd: boolean }) {
  if (mayAdd) {
    return (
      <PageButton appearance="primary" to={paths.newSensorSetting()}>
        + Add
      </PageButton>
    );
  }
  return (
    <Tooltip content="Adding a setting needs the role Admin at a site" relationship="description">
      <Button disabledFocusable>+ Add</Button>
    </Tooltip>
  );
}

interface SettingsOfTypeProps {
  readonly settings: readonly SsoSetting[];
  readonly mayAdd: boolean;
}

function SettingsOfType({ settings, mayAdd }: SettingsOfTypeProps) {
  const styles = useSettingStyles();
  const [address, setAddress] = useSearchParams();
  const search = address.get('search') ?? '';
  const found = settings.filter((setting) => matches(setting, search));
  if (settings.length === 0) {
    return (
      <EmptyState
        title="No settings yet"
        icon={<ShieldKeyholeRegular />}
        action={mayAdd ? <AddButton mayAdd /> : null}
      >
        A Single sign-on setting maps groups of Entra ID to Admin, Security analyst and Read only,
        and applies them to sites, zones or sensors. Until one reaches a sensor, SSO is off there.
      </EmptyState>
    );
  }
  return (
    <section className={styles.stack} aria-labelledby="single-sign-on">
      <div className={styles.spread}>
        <Subtitle2 as="h2" id="single-sign-on" className={styles.heading}>
          {`Single sign-on (${settings.length})`}
        </Subtitle2>
        <SearchBox
          aria-label="Find a setting"
          placeholder="Name, group, site…"
          value={search}
          onChange={(_, data) =>
            setAddress(data.value === '' ? {} : { search: data.value }, { replace: true })
          }
        />
      </div>
      <SettingsTable settings={found} />
      <Text className={styles.muted}>
        <output>{search === '' ? '' : `${found.length} of ${settings.length} settings`}</output>
      </Text>
    </section>
  );
}

/** Searches what a setting is called, where it applies and whom it names. */
function matches(setting: SsoSetting, search: string): boolean {
  const { admin, securityAnalyst, readOnly } = setting.permissions;
  const texts = [
    setting.name,
    setting.description,
    setting.subscriptionName,
    setting.clientId,
    ...setting.targets.flatMap((target) => [target.name, target.siteName]),
    ...[...admin, ...securityAnalyst, ...readOnly].map((group) => group.displayName ?? group.id),
  ];
  const wanted = comparableName(search);
  return texts.some((text) => comparableName(text).includes(wanted));
}
