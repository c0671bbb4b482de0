import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { Fragment } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Countdown } from './countdown.tsx';
import { redirectUri } from './enrolment-address.ts';
import type { IssuedToken } from './enrolment-state.ts';
import { useInventoryStyles } from './inventory-styles.ts';

const useStyles = makeStyles({
  steps: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
  },
  block: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  code: {
    flexGrow: 1,
    minWidth: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  // Lines break between words, not at the hyphens of an option.
  word: { display: 'inline-block', maxWidth: '100%' },
  waiting: { justifyContent: 'flex-start' },
});

/** What to run on the sensor, what to compare there, and how long it is good for. */
export function EnrolmentSteps({ issued }: { readonly issued: IssuedToken }) {
  const styles = useStyles();
  const shared = useInventoryStyles();
  const { command, fingerprint } = issued.token;
  return (
    <div className={shared.stack}>
      <ol className={styles.steps}>
        <li>
          Run this on the sensor, as the user that runs its gate:
          <Copied value={command} what="the command" />
          {issued.before === null
            ? null
            : 'On the machine of the gate that is enrolled now, add --replace: its old key is removed.'}
        </li>
        <li>
          It trusts this portal by the fingerprint of its key, and stops where another answers.
          Compare it with what the sensor shows:
          <Copied value={fingerprint} what="the fingerprint" />
        </li>
        <li>
          In Entra ID, the application of the SSO setting that applies here must have this redirect
          URI, with the platform Single-page application. Otherwise people can’t sign in at the
          gate:
          <Copied value={redirectUri(issued.origin)} what="the redirect URI" />
        </li>
      </ol>
      <Text>
        The command is good once, for another <Countdown endsAt={issued.endsAt} />. Closing this
        window doesn’t take it back; leaving the page loses sight of it.
      </Text>
      <output>
        <Spinner className={styles.waiting} size="tiny" label="Waiting for the gate…" />
      </output>
    </div>
  );
}

function Copied({ value, what }: { readonly value: string; readonly what: string }) {
  const styles = useStyles();
  return (
    <div className={styles.block}>
      <code className={styles.code}>
        {value.split(' ').map((word, index) => (
          // A command's words never move.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={index}>
            {index === 0 ? '' : ' '}
            <span className={styles.word}>{word}</span>
          </Fragment>
        ))}
      </code>
      <CopyButton value={value} what={what} />
    </div>
  );
}
