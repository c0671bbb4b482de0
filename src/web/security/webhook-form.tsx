import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import {
  notificationSettings,
  putNotificationSettings,
  type NotificationSettings,
} from '../../contract/notifications.ts';
import { useChange } from '../api/hooks.ts';
import { conflictIn, fieldErrorsIn, messagesByField } from '../api/revised-edits.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EditConflict } from '../ui/edit-conflict.tsx';
import { fieldSentences } from '../ui/field-sentence.ts';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { SaveActions } from '../ui/save-actions.tsx';
import { useUnsaved } from '../ui/unsaved.ts';
import { TestWebhook } from './test-webhook.tsx';
import { WebhookSecret } from './webhook-secret.tsx';
import { webhookAddress } from './webhook-words.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const addressPath = '/webhookUrl';

/** Edits the address, tries it, and makes another signing secret, which is shown once. */
export function WebhookForm({ settings }: { settings: NotificationSettings }) {
  const styles = useStyles();
  const notify = useNotify();
  const [typed, setTyped] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const change = useChange(putNotificationSettings);
  const shown = typed ?? settings.webhookUrl ?? '';
  const address = webhookAddress(shown);
  const dirty = typed !== null && address !== settings.webhookUrl;
  useUnsaved(dirty && !change.isPending);
  const conflict = conflictIn(change.error, notificationSettings);
  const refused = fieldSentences(
    messagesByField(fieldErrorsIn(change.error), { address: addressPath }),
  );
  const message = address === undefined ? 'Enter an https address, or nothing.' : refused.address;

  const send = (
    { revision }: NotificationSettings,
    webhookUrl: string | null,
    newSecret = false,
  ): void =>
    change.mutate(
      { body: { webhookUrl, newSecret }, ifMatch: revision },
      {
        onSuccess: ({ value }) => {
          setTyped(null);
          setSecret(value.secret);
          notify('success', webhookUrl === null ? 'The webhook is off' : 'Webhook saved');
        },
      },
    );
  const discard = () => {
    setTyped(null);
    change.reset();
  };

  return (
    <form
      aria-label="Webhook"
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty && address !== undefined && !change.isPending) send(settings, address);
      }}
    >
      <Field
        label="Address"
        hint="https; also http on this server itself. Empty: nobody is told."
        {...(message === undefined ? {} : { validationMessage: message })}
      >
        <Input
          type="url"
          autoComplete="off"
          placeholder="https://"
          value={shown}
          onChange={(_, data) => {
            setTyped(data.value);
            if (change.isError) change.reset();
          }}
        />
      </Field>
      {secret !== null && <WebhookSecret secret={secret} />}
      {conflict !== null && (
        <EditConflict
          mayKeepMine={address !== undefined}
          onKeepMine={() => {
            if (address !== undefined) send(conflict, address);
          }}
          onTakeTheirs={discard}
        >
          <DataTable
            label="Both versions"
            columns={[
              { header: 'There now', cell: () => conflict.webhookUrl ?? 'None' },
              { header: 'Yours', cell: () => shown || 'None' },
            ]}
            rows={['address']}
            rowKey={(row) => row}
          />
        </EditConflict>
      )}
      {change.error !== null && conflict === null && (
        <ProblemNotice error={change.error} atFields={[addressPath]} />
      )}
      <SaveActions
        dirty={dirty}
        saving={change.isPending}
        maySave={dirty && address !== undefined && conflict === null && !change.isPending}
        onDiscard={discard}
      />
      {settings.webhookUrl !== null && !dirty && (
        <div className={styles.actions}>
          <TestWebhook />
          <Button
            disabledFocusable={change.isPending}
            onClick={() => send(settings, settings.webhookUrl, true)}
          >
            Make another signing secret
          </Button>
        </div>
      )}
    </form>
  );
}
