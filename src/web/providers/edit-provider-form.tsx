import { makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { changeProvider, getProvider, type Provider } from '../../contract/sign-in-providers.ts';
import { useRevisedForm } from '../api/use-revised-form.ts';
import { paths } from '../paths.ts';
import { EditConflict } from '../ui/edit-conflict.tsx';
import { PageLink } from '../ui/links.tsx';
import { useNotify } from '../ui/notify.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { SaveActions } from '../ui/save-actions.tsx';
import { AdminGroups } from './admin-groups.tsx';
import { Beside } from './beside.tsx';
import { keepEdit, readEdit } from './kept-draft.ts';
import { checkDraft, draftOfProvider, draftPaths, refusedFields } from './provider-draft.ts';
import {
  adminGroupsMissing,
  changeOf,
  editOf,
  refusedAccess,
  type ProviderEdit,
} from './provider-edit.ts';
import { ProviderFields } from './provider-fields.tsx';
import { StepsOf } from './steps-of.tsx';
import { useOtherNames } from './use-other-names.ts';
import { VersionTable } from './version-table.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

/** The fields of a provider that is there. Its secrets are on its own page. */
export function EditProviderForm({ provider }: { provider: Provider }) {
  const styles = useStyles();
  const notify = useNotify();
  const navigate = useNavigate();
  const { id: providerId } = provider;
  const form = useRevisedForm({
    get: getProvider,
    put: changeProvider,
    params: { providerId },
    server: provider,
    read: editOf,
    write: changeOf,
    onSaved: ({ name, draft }) => {
      keepEdit(sessionStorage, provider, null);
      notify(
        'success',
        `${name} saved`,
        draft === null ? undefined : 'Verify it, so that it counts.',
      );
      void navigate(paths.provider({ providerId }));
    },
  });
  const { conflict } = form;
  const { draft, portalAccess } = form.draft;
  const enter = (next: ProviderEdit) => {
    form.edit(next);
    keepEdit(sessionStorage, form.base, next);
  };
  const forget = () => keepEdit(sessionStorage, provider, null);
  const resume = useEffectEvent(() => {
    const kept = readEdit(sessionStorage, provider);
    if (kept !== null) form.edit(kept);
  });
  useEffect(() => resume(), []);
  const otherNames = useOtherNames(providerId).names ?? [];
  const messages = checkDraft(draft).messages ?? refusedFields(form.fieldErrors);
  const otherApplication =
    draft.type === 'web' && draft.clientId.trim() !== draftOfProvider(form.base).clientId;
  return (
    <Beside>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        <Panel title="In Gatehouse">
          <ProviderFields
            draft={draft}
            messages={messages}
            otherNames={otherNames}
            onChange={(next) => enter({ draft: next, portalAccess })}
          />
          {draft.type === 'web' && (
            <Text>
              Secrets and certificates are changed on{' '}
              <PageLink to={paths.provider({ providerId })}>the provider’s page</PageLink>.
            </Text>
          )}
          {otherApplication && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                Another application has other secrets: add one on the provider’s page after saving,
                and verify with it.
              </MessageBarBody>
            </MessageBar>
          )}
        </Panel>
        {portalAccess !== null && (
          <AdminGroups
            value={portalAccess}
            message={adminGroupsMissing(portalAccess) ?? refusedAccess(form.fieldErrors)}
            onChange={(next) => enter({ draft, portalAccess: next })}
          />
        )}
        {conflict !== null && (
          <EditConflict
            mayKeepMine={changeOf(form.draft) !== null}
            onKeepMine={form.saveOverTheirs}
            onKeepBoth={form.keepBoth}
            onTakeTheirs={() => {
              forget();
              form.takeTheirs();
            }}
          >
            <VersionTable
              label="Both versions"
              one={{ header: 'There now', draft: draftOfProvider(conflict) }}
              other={{ header: 'Yours', draft }}
            />
          </EditConflict>
        )}
        {form.failure !== null && (
          <ProblemNotice error={form.failure} atFields={Object.values(draftPaths)} />
        )}
        <SaveActions
          {...form}
          onDiscard={() => {
            forget();
            form.reset();
          }}
        />
        <PageLink to={paths.provider({ providerId })}>Back without saving</PageLink>
      </form>
      <StepsOf draft={draft} />
    </Beside>
  );
}
