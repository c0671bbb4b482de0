import { Button, makeStyles, Text, tokens, typographyStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { addCredential, type Provider } from '../../contract/sign-in-providers.ts';
import { useChange } from '../api/hooks.ts';
import { fieldErrorsIn } from '../api/revised-edits.ts';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useFirstInvalid } from '../ui/use-first-invalid.ts';
import { useNow } from '../ui/use-now.ts';
import {
  checkCredential,
  credentialPaths,
  emptyCredential,
  refusedCredential,
} from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '640px',
  },
  title: { ...typographyStyles.body1Strong, margin: 0, outlineStyle: 'none' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Enters a further secret or certificate. It counts once it has been verified and promoted. */
export function AddCredential({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const styles = useStyles();
  const notify = useNotify();
  const add = useChange(addCredential);
  const [draft, setDraft] = useState(emptyCredential);
  // From the first attempt on, what is wrong is shown as it is typed.
  const [attempt, setAttempt] = useState<object | null>(null);
  const checked = checkCredential(draft, useNow());
  const wrong = attempt === null ? null : checked.messages;
  const form = useRef<HTMLFormElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useFirstInvalid(form, attempt);
  useFirstInvalid(form, add.error);
  useEffect(() => title.current?.focus(), []);

  async function submit() {
    setAttempt({});
    if (checked.input === null) return add.reset();
    await add.mutateAsync({ params: { providerId: provider.id }, body: checked.input });
    onClose();
    notify('success', 'Added', 'Verify it next. Sign-ins don’t use it yet.');
  }

  return (
    <form
      ref={form}
      noValidate
      className={styles.form}
      aria-label="Add a secret or certificate"
      onSubmit={(event) => {
        event.preventDefault();
        // What went wrong is shown in the form.
        void submit().catch(() => undefined);
      }}
    >
      <h3 ref={title} tabIndex={-1} className={styles.title}>
        Add a secret or certificate
      </h3>
      <Text>
        In Entra, under <b>Certificates &amp; secrets</b> of the same app registration, make a{' '}
        <b>New client secret</b> beside the one that is there, or upload a certificate.
      </Text>
      <CredentialFields
        draft={draft}
        messages={wrong ?? refusedCredential(fieldErrorsIn(add.error), '')}
        onChange={setDraft}
      />
      {add.error !== null && wrong === null && (
        <ProblemNotice error={add.error} atFields={Object.values(credentialPaths(''))} />
      )}
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={add.isPending}>
          {add.isPending ? 'Adding…' : 'Add'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
