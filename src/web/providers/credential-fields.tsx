import {
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { CredentialDraft, CredentialMessages } from './credential-draft.ts';
import { PastedInput } from './pasted-input.tsx';
import { PemField } from './pem-field.tsx';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  date: { maxWidth: '220px' },
  note: { color: tokens.colorNeutralForeground2 },
});

interface CredentialFieldsProps {
  readonly draft: CredentialDraft;
  readonly messages: CredentialMessages;
  readonly onChange: (draft: CredentialDraft) => void;
}

/** A client secret or a certificate. What is entered can’t be read again, here or anywhere (R20). */
export function CredentialFields({ draft, messages, onChange }: CredentialFieldsProps) {
  const styles = useStyles();
  return (
    <div className={styles.fields}>
      <Field label="Signs in with">
        <RadioGroup
          value={draft.kind}
          onChange={(_, { value }) =>
            onChange({ ...draft, kind: value === 'certificate' ? 'certificate' : 'secret' })
          }
        >
          <Radio value="secret" label="A client secret" />
          <Radio value="certificate" label="A certificate and its private key" />
        </RadioGroup>
      </Field>
      {draft.kind === 'secret' ? (
        <Secret draft={draft} messages={messages} onChange={onChange} />
      ) : (
        <Certificate draft={draft} messages={messages} onChange={onChange} />
      )}
      <Text size={200} className={styles.note}>
        {draft.kind === 'secret' ? 'The secret' : 'The private key'} is stored encrypted, and nobody
        can read it again. If this page is loaded anew before it is saved, it has to be entered
        again.
      </Text>
    </div>
  );
}

function Secret({ draft, messages, onChange }: CredentialFieldsProps) {
  const styles = useStyles();
  return (
    <>
      <PastedInput
        label="Client Secret"
        hint="The Value of the secret, not its Secret ID."
        required
        secret
        value={draft.value}
        message={messages.value}
        onChange={(value) => onChange({ ...draft, value })}
      />
      <Field
        label="Expires"
        required
        hint="The day that Entra shows under Expires. You are warned 30, 14, 7 days and 1 day before."
        {...(messages.expiresOn === undefined ? {} : { validationMessage: messages.expiresOn })}
      >
        <Input
          type="date"
          className={styles.date}
          value={draft.expiresOn}
          onChange={(_, { value }) => onChange({ ...draft, expiresOn: value })}
        />
      </Field>
    </>
  );
}

function Certificate({ draft, messages, onChange }: CredentialFieldsProps) {
  return (
    <>
      <PemField
        label="Certificate"
        hint="The same that is uploaded in Entra, in PEM (.pem, .crt, .cer). Its end is read from it."
        accept=".pem,.crt,.cer,application/x-pem-file"
        value={draft.certificate}
        message={messages.certificate}
        onChange={(certificate) => onChange({ ...draft, certificate })}
      />
      <PemField
        label="Private key"
        hint="In PEM (PKCS #8), without a passphrase. It is never uploaded to Entra."
        accept=".pem,.key,application/x-pem-file"
        value={draft.privateKey}
        message={messages.privateKey}
        onChange={(privateKey) => onChange({ ...draft, privateKey })}
      />
    </>
  );
}
