import {
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { CopyButton } from '../ui/copy-button.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  input: { flexGrow: 1, minWidth: 0 },
});

/** The signing secret, once. */
export function WebhookSecret({ secret }: { secret: string }) {
  const styles = useStyles();
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The signing secret is shown only now</MessageBarTitle> Enter it at the
          receiver, which checks by it that a message is Gatehouse’s. If there was one before,
          messages are signed with that as well for a day.
        </MessageBarBody>
      </MessageBar>
      <Field label="Signing secret">
        {(field) => (
          <div className={styles.row}>
            <Input {...field} className={styles.input} readOnly value={secret} />
            <CopyButton value={secret} what="the signing secret" appearance="secondary" />
          </div>
        )}
      </Field>
    </>
  );
}
