import { MessageBar, MessageBarBody, MessageBarTitle, Text } from '@fluentui/react-components';
import {
  getSecuritySettings,
  putSecuritySettings,
  type SecuritySettings,
} from '../../contract/security.ts';
import { useRevisedForm } from '../api/use-revised-form.ts';
import { useNotify } from '../ui/notify.tsx';
import { SaveForm } from '../ui/save-form.tsx';
import {
  checkPolicy,
  draftOfPolicy,
  policyFieldNames,
  shortened,
  type PolicyDraft,
  type PolicyField,
} from './policy-draft.ts';
import { PolicyNumber } from './policy-number.tsx';
import { policyErrors, policyPaths } from './policy-refusal.ts';
import { SessionPolicyConflict } from './session-policy-conflict.tsx';

/** Edits how long sessions and bundles last. */
export function SessionPolicyForm({ settings }: { settings: SecuritySettings }) {
  const notify = useNotify();
  const form = useRevisedForm({
    get: getSecuritySettings,
    put: putSecuritySettings,
    server: settings,
    read: ({ sessionPolicy }) => draftOfPolicy(sessionPolicy),
    write: writeDraft,
    onSaved: () =>
      notify('success', 'Security settings saved', 'Connected gates have them within seconds.'),
  });
  const { draft, conflict } = form;
  const checked = checkPolicy(draft);
  const messages = checked.messages ?? policyErrors(form.fieldErrors);
  return (
    <SaveForm label="Sessions" panel="Sessions" form={form} atFields={Object.values(policyPaths)}>
      <Text>
        It holds for sessions at sensors’ consoles, and for those at the portal that the server
        keeps (sign-in by a web application).
      </Text>
      {policyFieldNames.map((name) => (
        <PolicyNumber
          key={name}
          name={name}
          value={draft[name]}
          message={messages[name]}
          onChange={(text) => form.edit({ ...draft, [name]: text })}
        />
      ))}
      {checked.policy !== null && (
        <Shortening fields={shortened(form.base.sessionPolicy, checked.policy)} />
      )}
      {conflict !== null && (
        <SessionPolicyConflict
          current={conflict.sessionPolicy}
          mine={draft}
          onKeepMine={form.saveOverTheirs}
          onKeepBoth={form.keepBoth}
          onTakeTheirs={form.takeTheirs}
        />
      )}
    </SaveForm>
  );
}

function writeDraft(draft: PolicyDraft) {
  const { policy } = checkPolicy(draft);
  return policy === null ? null : { sessionPolicy: policy };
}

const warnings: Readonly<Record<PolicyField, string>> = {
  idleMinutes:
    'Sessions that have been idle for longer end: at the portal at once, elsewhere as soon as their gate has this.',
  totalMinutes:
    'Sessions that have been open for longer end: at the portal at once, elsewhere as soon as their gate has this.',
  bundleDays:
    'A gate that is cut off keeps the days of the bundle that it has; from its next one on, it goes on alone for fewer days.',
};

function Shortening({ fields }: { fields: readonly PolicyField[] }) {
  if (fields.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>This is shorter than now</MessageBarTitle>{' '}
        {fields.map((name) => warnings[name]).join(' ')}
      </MessageBarBody>
    </MessageBar>
  );
}
