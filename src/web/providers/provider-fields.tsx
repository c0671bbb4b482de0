import {
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Switch,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useId } from 'react';
import { PastedInput } from './pasted-input.tsx';
import type { DraftMessages, ProviderDraft } from './provider-draft.ts';
import { isTaken } from './provider-name.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  note: { display: 'block', color: tokens.colorNeutralForeground2, maxWidth: '60ch' },
});

interface FieldsProps {
  readonly draft: ProviderDraft;
  readonly messages: DraftMessages;
  readonly onChange: (draft: ProviderDraft) => void;
}

interface ProviderFieldsProps extends FieldsProps {
  /** What the other providers are called. */
  readonly otherNames: readonly string[];
}

const taken = 'Another provider has this name: people can’t tell them apart on the sign-in page.';

/** What a provider is in Entra: tenant and application. */
export function ProviderFields({ draft, messages, otherNames, onChange }: ProviderFieldsProps) {
  const styles = useStyles();
  const web = draft.type === 'web';
  return (
    <div className={styles.fields}>
      <PastedInput
        label="Name"
        hint="What the sign-in page calls it."
        required
        value={draft.name}
        message={messages.name}
        warning={isTaken(draft.name, otherNames) ? taken : undefined}
        onChange={(name) => onChange({ ...draft, name })}
      />
      {web && (
        <Field label="Supported account types">
          <RadioGroup
            value={draft.multitenant ? 'multitenant' : 'single'}
            onChange={(_, { value }) =>
              onChange({ ...draft, multitenant: value === 'multitenant' })
            }
          >
            <Radio value="single" label="Accounts in this organization only (single tenant)" />
            <Radio value="multitenant" label="Accounts in any organization (multitenant)" />
          </RadioGroup>
        </Field>
      )}
      <PastedInput
        label="Tenant ID"
        hint={
          web && draft.multitenant
            ? 'Directory (tenant) ID. Empty: the verification pins the tenant of whoever verifies, and only that one gets in.'
            : 'Directory (tenant) ID on the app registration’s Overview.'
        }
        required={!(web && draft.multitenant)}
        value={draft.tenantId}
        message={messages.tenantId}
        onChange={(tenantId) => onChange({ ...draft, tenantId })}
      />
      <PastedInput
        label="Client ID"
        hint="Application (client) ID on the app registration’s Overview."
        required
        value={draft.clientId}
        message={messages.clientId}
        onChange={(clientId) => onChange({ ...draft, clientId })}
      />
      {web ? (
        <GroupsSwitch draft={draft} messages={messages} onChange={onChange} />
      ) : (
        <PastedInput
          label="API client ID"
          hint="Application (client) ID of the API, where it has a registration of its own. Empty: the same."
          value={draft.apiClientId}
          message={messages.apiClientId}
          onChange={(apiClientId) => onChange({ ...draft, apiClientId })}
        />
      )}
    </div>
  );
}

function GroupsSwitch({ draft, onChange }: FieldsProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <div>
      <Switch
        label="Groups give roles"
        checked={draft.usesGroups}
        aria-describedby={id}
        onChange={(_, { checked }) => onChange({ ...draft, usesGroups: checked })}
      />
      <Text id={id} size={200} className={styles.note}>
        {draft.usesGroups
          ? 'Portal access and SSO settings apply to whoever signs in by it. Its tokens need the groups claim.'
          : 'Only portal users have roles by it, as they were invited. Its tokens need no groups.'}
      </Text>
    </div>
  );
}
