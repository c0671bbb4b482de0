import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { createProvider } from '../../contract/sign-in-providers.ts';
import type { ProviderType } from '../../domain/provider.ts';
import { useChange } from '../api/hooks.ts';
import { fieldErrorsIn } from '../api/revised-edits.ts';
import { paths } from '../paths.ts';
import { PageButton } from '../ui/links.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useFirstInvalid } from '../ui/use-first-invalid.ts';
import { useNow } from '../ui/use-now.ts';
import { AdminGroups } from './admin-groups.tsx';
import { Beside } from './beside.tsx';
import {
  credentialPaths,
  emptyCredential,
  refusedCredential,
  type CredentialDraft,
} from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import { dropDraft, keepDraft, keptOf, readDraft, type KeptDraft } from './kept-draft.ts';
import { checkNewProvider, type NewProviderMessages } from './new-provider.ts';
import { draftPaths, refusedFields } from './provider-draft.ts';
import { ProviderFields } from './provider-fields.tsx';
import { proposedName } from './provider-name.ts';
import { StepsOf } from './steps-of.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const atFields = [...Object.values(draftPaths), ...Object.values(credentialPaths('/credential'))];

interface NewProviderFormProps {
  readonly type: ProviderType;
  /** No group gives Admin yet: the provider brings one with it. */
  readonly noAdmin: boolean;
  readonly otherNames: readonly string[];
}

/** Everything of a new provider. What is entered stays in this tab until it is created, but for the secret or private key. */
export function NewProviderForm({ type, noAdmin, otherNames }: NewProviderFormProps) {
  const styles = useStyles();
  const navigate = useNavigate();
  const create = useChange(createProvider);
  const [entered, setEntered] = useState<KeptDraft>(() =>
    readDraft(sessionStorage, type, proposedName(otherNames)),
  );
  const [credential, setCredential] = useState<CredentialDraft>({
    ...emptyCredential,
    ...entered.credential,
  });
  // From the first attempt on, what is wrong is shown as it is typed.
  const [attempt, setAttempt] = useState<object | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { draft } = entered;
  const errors = fieldErrorsIn(create.error);
  const refusedAccess = errors.some(({ path }) => path.startsWith('/portalAccess'));
  const asksForAdmin = (noAdmin || refusedAccess) && (type === 'spa' || draft.usesGroups);
  const checked = checkNewProvider({ ...entered, credential, asksForAdmin }, useNow());
  const wrong = attempt === null ? null : checked.messages;
  const messages: NewProviderMessages = wrong ?? {
    registration: refusedFields(errors),
    credential: refusedCredential(errors, '/credential'),
    adminGroups: undefined,
  };
  useFirstInvalid(form, attempt);
  useFirstInvalid(form, create.error);

  function enter(next: KeptDraft) {
    setEntered(next);
    keepDraft(sessionStorage, next);
  }

  async function submit() {
    setAttempt({});
    if (checked.body === null) return create.reset();
    const { value } = await create.mutateAsync({ body: checked.body });
    dropDraft(sessionStorage, type);
    await navigate(paths.provider({ providerId: value.id }), { state: { created: true } });
  }

  return (
    <Beside>
      <form
        ref={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          // What went wrong is shown in the form.
          void submit().catch(() => undefined);
        }}
      >
        <Panel title="In Gatehouse">
          <ProviderFields
            draft={draft}
            messages={messages.registration}
            otherNames={otherNames}
            onChange={(next) => enter({ ...entered, draft: next })}
          />
          {type === 'web' && (
            <CredentialFields
              draft={credential}
              messages={messages.credential}
              onChange={(next) => {
                setCredential(next);
                enter({ ...entered, credential: keptOf(next) });
              }}
            />
          )}
        </Panel>
        {asksForAdmin && (
          <AdminGroups
            value={entered.portalAccess}
            message={messages.adminGroups}
            onChange={(portalAccess) => enter({ ...entered, portalAccess })}
          />
        )}
        {create.error !== null && wrong === null && (
          <ProblemNotice error={create.error} atFields={atFields} />
        )}
        <div className={styles.actions}>
          <Button type="submit" appearance="primary" disabledFocusable={create.isPending}>
            {create.isPending ? 'Creating…' : 'Create and Activate'}
          </Button>
          <PageButton to={paths.singleSignOn()}>Cancel</PageButton>
        </div>
      </form>
      <StepsOf draft={draft} kind={credential.kind} />
    </Beside>
  );
}
