import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { putProviderCandidate, type ProviderCandidate } from '../../contract/providers.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import { useChange } from '../api/hooks.ts';
import { MappingFields } from '../ui/mapping-fields.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { checkCandidate, type CandidateDraft, type CandidateErrors } from './check-candidate.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '760px',
  },
});

/** Tenant, application and portal access of a provider that is to be tried. */
export function CandidateForm({
  candidate,
  onSave,
}: {
  candidate: ProviderCandidate | null;
  /** Told when it is sent: once it is saved, another form takes the place of this one. */
  onSave: () => void;
}) {
  const styles = useStyles();
  const save = useChange(putProviderCandidate);
  const [draft, setDraft] = useState<CandidateDraft>(() => draftOf(candidate));
  const [errors, setErrors] = useState<CandidateErrors>({});

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  function submit() {
    const checked = checkCandidate(draft);
    setErrors(checked.errors);
    if (checked.body === null) return;
    onSave();
    save.mutate({ body: checked.body });
  }

  return (
    <Panel title={candidate === null ? 'Add a provider' : 'Change the candidate'}>
      <form
        ref={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {fields.map(({ name, label, hint, required }) => (
          <Field
            key={name}
            label={label}
            hint={hint}
            required={required}
            {...(errors[name] === undefined ? {} : { validationMessage: errors[name] })}
          >
            <Input
              value={draft[name]}
              spellCheck={false}
              autoComplete="off"
              onChange={(_, { value }) => setDraft({ ...draft, [name]: value })}
            />
          </Field>
        ))}
        <Text>
          Portal access that comes into force together with the provider. You must be in one of the
          Admin groups yourself: the trial checks it, so that nobody is locked out.
        </Text>
        <MappingFields
          value={draft.portalAccess}
          onChange={(portalAccess: GroupMapping) => setDraft({ ...draft, portalAccess })}
          errors={errors.portalAccess === undefined ? {} : { admin: errors.portalAccess }}
        />
        {save.error !== null && <ProblemNotice error={save.error} />}
        <div>
          <Button type="submit" appearance="primary" disabled={save.isPending}>
            {save.isPending ? 'Saving…' : 'Save, then verify'}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

const fields = [
  {
    name: 'tenantId',
    label: 'Tenant ID',
    hint: 'Directory (tenant) ID on the app registration’s Overview.',
    required: true,
  },
  {
    name: 'clientId',
    label: 'Client ID',
    hint: 'Application (client) ID of the single-page application.',
    required: true,
  },
  {
    name: 'apiClientId',
    label: 'API client ID',
    hint: 'Application (client) ID of the API, where it has a registration of its own. Empty: the same.',
    required: false,
  },
] as const;

function draftOf(candidate: ProviderCandidate | null): CandidateDraft {
  if (candidate === null) {
    return { tenantId: '', clientId: '', apiClientId: '', portalAccess: emptyMapping };
  }
  const { tenantId, clientId, apiClientId } = candidate.provider;
  return {
    tenantId,
    clientId,
    apiClientId: apiClientId === clientId ? '' : apiClientId,
    portalAccess: candidate.portalAccess,
  };
}
