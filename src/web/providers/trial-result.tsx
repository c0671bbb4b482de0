import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircleFilled, DismissCircleFilled } from '@fluentui/react-icons';
import type { ProviderTrial } from '../../contract/providers.ts';
import { explainAadsts } from '../../domain/aadsts.ts';
import { useMe } from '../api/hooks.ts';
import { endRecovery } from '../api/end-recovery.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { TrialState } from './use-provider-trial.ts';

const useStyles = makeStyles({
  checks: { listStyleType: 'none', margin: 0, padding: 0 },
  check: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  passed: { color: tokens.colorStatusSuccessForeground1, fontSize: '20px', flexShrink: 0 },
  failed: { color: tokens.colorStatusDangerForeground1, fontSize: '20px', flexShrink: 0 },
  wait: { justifyContent: 'flex-start' },
});

const checkNames = {
  token: 'Access token',
  profile: 'Profile',
  groups: 'Groups',
  admin: 'Admin afterwards',
} as const;

/** How far a trial is, and what each check came to. */
export function TrialResult({ state }: { state: TrialState }) {
  const styles = useStyles();
  if (state.kind === 'signInFailed') return <FailedSignIn failure={state.failure} />;
  if (state.kind === 'failed') return <ProblemNotice error={state.error} />;
  if (state.kind === 'checked') return <Checked trial={state.trial} />;
  if (state.kind === 'idle') return null;
  if (state.kind === 'blocked') return <Blocked />;
  return (
    <output>
      <Spinner
        size="tiny"
        className={styles.wait}
        label={
          state.kind === 'signingIn'
            ? 'Waiting for the sign-in in the other window…'
            : 'Checking what came out of it…'
        }
      />
    </output>
  );
}

function Checked({ trial }: { trial: ProviderTrial }) {
  const styles = useStyles();
  return (
    <>
      <ul className={styles.checks} aria-label="Checks">
        {trial.checks.map(({ name, passed, detail }) => (
          <li key={name} className={styles.check}>
            {passed ? (
              <CheckmarkCircleFilled className={styles.passed} aria-label="Passed" />
            ) : (
              <DismissCircleFilled className={styles.failed} aria-label="Failed" />
            )}
            <Text>
              <b>{checkNames[name]}</b>: {detail}
            </Text>
          </li>
        ))}
      </ul>
      {trial.activated ? (
        <Activated />
      ) : (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>Not activated</MessageBarTitle>
            Correct what failed, then verify again. The provider before stays in force.
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function Blocked() {
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>This browser blocked the window</MessageBarTitle> Allow windows of this
        site and verify again. Or verify in this tab: the page is then loaded anew, and what isn’t
        saved in the form below is lost.
      </MessageBarBody>
    </MessageBar>
  );
}

function Activated() {
  const me = useMe();
  async function signInThroughIt() {
    if (me.kind === 'recovery') await endRecovery();
    location.assign(paths.overview());
  }
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>The provider is active</MessageBarTitle>
        From now on everybody signs in through it.
      </MessageBarBody>
      <MessageBarActions>
        <Button appearance="primary" onClick={() => void signInThroughIt()}>
          {me.kind === 'recovery' ? 'End recovery and sign in' : 'Load the page anew'}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function FailedSignIn({ failure }: { failure: SignInFailure }) {
  const explained = failure.aadsts === null ? null : explainAadsts(failure.aadsts);
  const code = failure.aadsts === null ? failure.code : `AADSTS${failure.aadsts}`;
  const quote = [code, failure.correlationId, failure.traceId].filter((one) => one !== null);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>The sign-in didn’t succeed</MessageBarTitle>
        {explained === null ? 'Try again.' : `${explained.meaning} ${explained.fix}`} (
        {quote.join(', ')}) <CopyButton value={quote.join('\n')} what="these details" />
      </MessageBarBody>
    </MessageBar>
  );
}
