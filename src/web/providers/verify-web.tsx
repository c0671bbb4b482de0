import {
  Button,
  Field,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Verification } from '../../contract/provider-verification.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { credentialName, triedTitle } from './credential-title.ts';
import { credentialChoices, needsVerification, verifyTitle, worthShowing } from './to-verify.ts';
import type { VerificationWindow, WebVerification } from './use-web-verification.ts';
import { verificationAdvice } from './verification-advice.ts';
import { VerificationFailed } from './verification-failed.tsx';
import { CredentialVerified, ProviderActivated } from './verification-passed.tsx';
import { VerificationView } from './verification-view.tsx';
import { VerifyIntro } from './verify-intro.tsx';

const useStyles = makeStyles({
  // Names of secrets are longer than a narrow window is wide.
  choice: { maxWidth: '420px', minWidth: 0, '& select': { width: '100%', minWidth: 0 } },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface VerifyWebProps {
  readonly provider: Provider;
  readonly web: WebVerification;
  readonly mayEdit: boolean;
}

/** Verify Integration of a web application: begins it, and shows how far it is. */
export function VerifyWeb({ provider, web, mayEdit }: VerifyWebProps) {
  const styles = useStyles();
  const waits = needsVerification(provider);
  const choices = credentialChoices(provider);
  const [chosen, setChosen] = useState<string | null>(null);
  const credential = choices.find(({ id }) => id === chosen) ?? choices[0];
  const verification = worthShowing(web.verification, provider, web.begunFor);
  if (!waits && verification === null && web.window.kind !== 'failed') return null;
  return (
    <Panel title={verifyTitle(provider)}>
      {waits && <VerifyIntro provider={provider} />}
      {waits && mayEdit && choices.length > 1 && (
        <Field label="Verify with" className={styles.choice}>
          <Select value={credential?.id ?? ''} onChange={(_, { value }) => setChosen(value)}>
            {choices.map((one) => (
              <option key={one.id} value={one.id}>
                {credentialName(one, provider.credentials)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <WindowNotice window={web.window} verification={verification} onOpened={web.opened} />
      {verification !== null && (
        <VerificationView
          verification={verification}
          tried={triedTitle(verification, provider.credentials)}
        />
      )}
      {verification !== null && (
        <Outcome provider={provider} verification={verification} begunFor={web.begunFor} />
      )}
      {waits && credential === undefined && (
        <Text>It has no secret and no certificate: add one below, then verify.</Text>
      )}
      {waits && mayEdit && credential !== undefined && (
        <div className={styles.actions}>
          <Button
            appearance="primary"
            disabledFocusable={web.window.kind === 'starting'}
            onClick={() => web.start(choices.length > 1 ? credential.id : undefined)}
          >
            {verification?.state === 'running' ? 'Open the window again' : 'Verify Integration'}
          </Button>
        </div>
      )}
    </Panel>
  );
}

interface WindowNoticeProps {
  readonly window: VerificationWindow;
  readonly verification: Verification | null;
  readonly onOpened: () => void;
}

function WindowNotice({ window, verification, onOpened }: WindowNoticeProps) {
  if (window.kind === 'failed') return <ProblemNotice error={window.error} />;
  if (verification?.state !== 'running') return null;
  if (window.kind === 'blocked' || window.kind === 'closed') {
    return (
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>
            {window.kind === 'blocked'
              ? 'This browser blocked the window'
              : 'The window was closed'}
          </MessageBarTitle>{' '}
          <Link href={window.url} target="_blank" rel="noopener" inline onClick={onOpened}>
            Open the sign-in in a tab
          </Link>{' '}
          instead, or allow windows of this site and verify again.
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (window.kind !== 'open' || !window.back) return null;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>The sign-in hasn’t been finished</MessageBarTitle> Go on in its window. If
        it was closed, nothing has changed: open it again. If Microsoft refuses you there, look its
        code up under <PageLink to={paths.troubleshooting()}>Troubleshooting</PageLink>.
      </MessageBarBody>
    </MessageBar>
  );
}

interface OutcomeProps {
  readonly provider: Provider;
  readonly verification: Verification;
  readonly begunFor: WebVerification['begunFor'];
}

function Outcome({ provider, verification, begunFor }: OutcomeProps) {
  const { state, aadsts, correlationId, credentialId, checks } = verification;
  if (state === 'running') return null;
  if (state === 'passed') {
    if (begunFor === 'provider') return <ProviderActivated provider={provider} />;
    const tried = provider.credentials.find(({ id }) => id === credentialId);
    return begunFor !== null && tried?.status === 'standby' ? <CredentialVerified /> : null;
  }
  return (
    <VerificationFailed
      title={state === 'abandoned' ? 'The sign-in wasn’t finished' : 'Not verified'}
      advice={verificationAdvice(verification, provider)}
      aadsts={aadsts}
      explainedAbove={checks.some(({ detail }) => detail.includes(`AADSTS${aadsts}`))}
      quote={correlationId === null ? [] : [`Correlation ID ${correlationId}`]}
    />
  );
}
