import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { getVerification, type Verification } from '../../contract/provider-verification.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { useEndpoint } from '../api/hooks.ts';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { needsVerification, verifyTitle, worthShowing } from './to-verify.ts';
import { useProviderTrial, type TrialState } from './use-provider-trial.ts';
import { verificationAdvice } from './verification-advice.ts';
import { VerificationFailed } from './verification-failed.tsx';
import { ProviderActivated } from './verification-passed.tsx';
import { VerificationView } from './verification-view.tsx';
import { VerifyIntro } from './verify-intro.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  wait: { justifyContent: 'flex-start' },
});

/** Verify Integration of a single-page application. */
export function VerifySpa({ provider, mayEdit }: { provider: Provider; mayEdit: boolean }) {
  const styles = useStyles();
  const trial = useProviderTrial(provider);
  const { id: providerId } = provider;
  const stored = useEndpoint(getVerification, { params: { providerId } }).data?.verification;
  const waits = needsVerification(provider);
  const { state } = trial;
  const working = state.kind === 'signingIn' || state.kind === 'checking';
  const checked = state.kind === 'checked' ? state.verification : null;
  const shown = worthShowing(checked ?? stored ?? null, provider, checked && 'provider');
  if (!waits && shown === null) return null;
  return (
    <Panel title={verifyTitle(provider)}>
      {waits && <VerifyIntro provider={provider} />}
      <Progress state={state} />
      {!working && shown !== null && <VerificationView verification={shown} />}
      {!working && shown !== null && (
        <Outcome provider={provider} verification={shown} here={checked !== null} />
      )}
      {waits && mayEdit && (
        <div className={styles.actions}>
          <Button appearance="primary" onClick={trial.start}>
            {working ? 'Open the window again' : 'Verify Integration'}
          </Button>
          {state.kind === 'blocked' && (
            <Button onClick={trial.startHere}>Verify in this tab</Button>
          )}
        </div>
      )}
    </Panel>
  );
}

function Progress({ state }: { state: TrialState }) {
  const styles = useStyles();
  switch (state.kind) {
    case 'signInFailed':
      return <FailedSignIn failure={state.failure} />;
    case 'failed':
      return <ProblemNotice error={state.error} />;
    case 'blocked':
      return (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>This browser blocked the window</MessageBarTitle> Allow windows of this
            site and verify again. Or verify in this tab: the page is then loaded anew.
          </MessageBarBody>
        </MessageBar>
      );
    case 'signingIn':
    case 'checking':
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
    default:
      return null;
  }
}

function FailedSignIn({
  failure,
}: {
  failure: (TrialState & { kind: 'signInFailed' })['failure'];
}) {
  const { code, aadsts, correlationId, traceId } = failure;
  const closed = code === 'user_cancelled';
  return (
    <VerificationFailed
      title={closed ? 'The window was closed' : 'The sign-in didn’t succeed'}
      advice={closed ? 'Nothing has changed: open it again.' : 'Try again.'}
      aadsts={aadsts}
      quote={[
        ...(aadsts === null ? [code] : []),
        ...[correlationId, traceId].filter((id) => id !== null),
      ]}
    />
  );
}

interface OutcomeProps {
  readonly provider: Provider;
  readonly verification: Verification;
  /** It was made on this page. */
  readonly here: boolean;
}

function Outcome({ provider, verification, here }: OutcomeProps) {
  const { state, aadsts, correlationId } = verification;
  if (state === 'passed') return here ? <ProviderActivated provider={provider} /> : null;
  if (state === 'running') return null;
  return (
    <VerificationFailed
      title="Not verified"
      advice={verificationAdvice(verification, provider)}
      aadsts={aadsts}
      quote={correlationId === null ? [] : [`Correlation ID ${correlationId}`]}
    />
  );
}
