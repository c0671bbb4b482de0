import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { getSsoSetting, type SsoSetting } from '../../contract/sso-settings.ts';
import { configuration } from '../api/configuration.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { draftKey, readDraft } from './draft-storage.ts';
import { draftOf, newDraft } from './setting-draft.ts';
import { SettingWizard } from './setting-wizard.tsx';

/** The wizard: a new setting, or one that is edited. */
export function SensorSettingWizardPage() {
  const settingId = useParams()['settingId'] ?? null;
  const me = useMe();
  const crumbs = [{ label: 'Sensor settings', to: paths.sensorSettings() }];
  if (!can(me, 'ssoSetting.edit')) {
    return (
      <Page title={settingId === null ? 'Add a setting' : 'Edit setting'} breadcrumbs={crumbs}>
        <EmptyState title="Your role doesn’t change SSO settings">
          Creating and changing them needs the role Admin at the sites concerned. Ask somebody who
          has it, or ask for the role.
        </EmptyState>
      </Page>
    );
  }
  return settingId === null ? (
    <Page title="Add a setting" breadcrumbs={crumbs}>
      <WizardWithDraft key="new" original={null} />
    </Page>
  ) : (
    <EditPage key={settingId} settingId={settingId} />
  );
}

function EditPage({ settingId }: { readonly settingId: string }) {
  const answer = useEndpoint(getSsoSetting, { params: { settingId } });
  // Edits stay based on what was opened; what is newer is compared when it is saved (R7).
  const [opened, setOpened] = useState<SsoSetting | null>(null);
  if (opened === null && answer.data !== undefined && !answer.isFetching) setOpened(answer.data);
  const name = opened?.name ?? 'Setting';
  return (
    <Page
      title={`Edit ${name}`}
      breadcrumbs={[
        { label: 'Sensor settings', to: paths.sensorSettings() },
        { label: name, to: paths.sensorSetting({ settingId }) },
      ]}
    >
      {opened === null && answer.error === null ? <Loading what="the setting" /> : null}
      {opened === null && answer.error !== null ? (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {opened === null ? null : opened.mayEdit ? (
        <WizardWithDraft original={opened} />
      ) : (
        <NotYours settingId={settingId} />
      )}
    </Page>
  );
}

function NotYours({ settingId }: { readonly settingId: string }) {
  return (
    <EmptyState
      title="You may not change this setting"
      action={<PageButton to={paths.sensorSetting({ settingId })}>View the setting</PageButton>}
    >
      Changing it needs the role Admin at every site, zone and sensor that it applies to.
    </EmptyState>
  );
}

/** Goes on with what was entered in this tab before, if there is something. */
function WizardWithDraft({ original }: { readonly original: SsoSetting | null }) {
  const storageKey = draftKey(useMe().objectId, original?.id ?? null);
  const [kept] = useState(() => readDraft(sessionStorage, storageKey));
  const [start] = useState(() =>
    original === null ? newDraft(configuration.provider?.tenantId ?? '') : draftOf(original),
  );
  return <SettingWizard original={original} start={start} kept={kept} storageKey={storageKey} />;
}
