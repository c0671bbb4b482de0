import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  getSecuritySettings,
  putSecuritySettings,
  type SecuritySettings,
} from '../../contract/security.ts';
import type { SessionPolicy } from '../../domain/session-policy.ts';
import { endpointKey, useChange } from '../api/hooks.ts';
import { useNotify } from '../ui/notify.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import {
  checkPolicy,
  draftOfPolicy,
  policyFieldNames,
  shortened,
  type PolicyDraft,
  type PolicyField,
} from './policy-draft.ts';
import { PolicyNumber } from './policy-number.tsx';
import { policyConflict, policyErrors } from './policy-refusal.ts';
import { SessionPolicyConflict } from './session-policy-conflict.tsx';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '760px',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Edits {
  readonly draft: PolicyDraft;
  /** What the edits are based on: a save names it, so that nobody's change is overwritten unseen (R7). */
  readonly base: SecuritySettings;
}

/** Edits how long sessions and bundles last. What was typed stays through every failure. */
export function SessionPolicyForm({ settings }: { settings: SecuritySettings }) {
  const styles = useStyles();
  const notify = useNotify();
  const queries = useQueryClient();
  const change = useChange(putSecuritySettings);
  const [edits, setEdits] = useState<Edits | null>(null);
  const base = edits?.base ?? settings;
  const draft = edits?.draft ?? draftOfPolicy(settings.sessionPolicy);
  const checked = checkPolicy(draft);
  const conflict = policyConflict(change.error);
  const messages = checked.messages ?? policyErrors(change.error);

  function save(policy: SessionPolicy, revision: string) {
    change.mutate(
      { body: { sessionPolicy: policy }, ifMatch: revision },
      {
        onSuccess: () => {
          setEdits(null);
          notify('success', 'Security settings saved', 'Connected gates have them within seconds.');
        },
      },
    );
  }

  function edit(name: PolicyField, text: string) {
    setEdits({ draft: { ...draft, [name]: text }, base });
  }

  function discard() {
    setEdits(null);
    change.reset();
  }

  function takeTheirs(theirs: SecuritySettings) {
    queries.setQueryData(endpointKey(getSecuritySettings.path), theirs);
    discard();
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.policy !== null) save(checked.policy, base.revision);
      }}
    >
      <Panel title="Sessions at gates">
        {policyFieldNames.map((name) => (
          <PolicyNumber
            key={name}
            name={name}
            value={draft[name]}
            message={messages[name]}
            onChange={(text) => edit(name, text)}
          />
        ))}
        {checked.policy !== null && (
          <Shortening fields={shortened(base.sessionPolicy, checked.policy)} />
        )}
      </Panel>
      {conflict !== null && checked.policy !== null && (
        <SessionPolicyConflict
          current={conflict}
          mine={checked.policy}
          onKeepMine={(mine) => save(mine, conflict.revision)}
          onTakeTheirs={() => takeTheirs(conflict)}
        />
      )}
      {conflict === null && change.error !== null && <ProblemNotice error={change.error} />}
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={
            edits === null || checked.policy === null || change.isPending || conflict !== null
          }
        >
          {change.isPending ? 'Saving…' : 'Save'}
        </Button>
        <Button disabled={edits === null} onClick={discard}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

const warnings: Readonly<Record<PolicyField, string>> = {
  idleMinutes: 'Sessions that have been idle for longer end as soon as their gate has this.',
  totalMinutes: 'Sessions that have been open for longer end as soon as their gate has this.',
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
