import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { use } from 'react';
import { CopyButton } from './copy-button.tsx';
import { failureWords } from './failure-words.ts';
import { SignOutContext } from './sign-out.ts';

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalXS} 0`, paddingLeft: tokens.spacingHorizontalL },
  reference: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Refusals of the person, whatever they ask for: trying again is of no use to them, leaving is. */
const letsNobodyIn: ReadonlySet<string> = new Set([
  'user_disabled',
  'address_taken',
  'invitation_expired',
  'no_role',
]);

/** What went wrong, at which fields, and what to quote; with a way to try again where that may help. */
export function ProblemNotice({
  error,
  atFields = [],
  onRetry,
}: {
  error: unknown;
  /** Where in the request the fields are that show their own messages; they aren’t told again. */
  atFields?: readonly string[];
  onRetry?: () => void;
}) {
  const styles = useStyles();
  const words = failureWords(error, atFields);
  const signOut = use(SignOutContext);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{words.title}</MessageBarTitle> {words.detail}
        {words.fields.length > 0 && (
          <ul className={styles.list}>
            {words.fields.map((field) => (
              <li key={`${field.name} ${field.message}`}>
                {field.name === '' ? field.message : `${field.name}: ${field.message}`}
              </li>
            ))}
          </ul>
        )}
        {words.reference !== null && (
          <div className={styles.reference}>
            Reference {words.reference} ({words.code}){' '}
            <CopyButton
              value={`${words.code}, reference ${words.reference}`}
              what="the reference"
            />
          </div>
        )}
      </MessageBarBody>
      {signOut !== null && letsNobodyIn.has(words.code) && (
        <MessageBarActions>
          <Button onClick={signOut}>Sign out</Button>
        </MessageBarActions>
      )}
      {onRetry !== undefined && words.mayRetry && (
        <MessageBarActions>
          <Button onClick={onRetry}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
