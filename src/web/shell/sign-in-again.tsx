import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import { declineRenewal, signInAgain, signInAgainHere } from '../api/renewal.ts';
import type { Renewal } from '../api/session-state.ts';
import { useRenewal } from '../api/use-renewal.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';
import { explainSignInFailure, lookedUp, quoteOf } from '../outside/explain-sign-in-failure.ts';
import { sessionEndWords } from '../outside/session-end-words.ts';
import { paths } from '../paths.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

/** The session is over, or a change asks for more proof: sign in again without losing the page. */
export function SignInAgain() {
  const renewal = useRenewal();
  if (renewal === null) return null;
  // Where the window is blocked the page stays within reach, so that what was typed can be copied.
  return (
    <Dialog
      open
      key={renewal.blocked ? 'blocked' : 'window'}
      modalType={renewal.blocked ? 'non-modal' : 'alert'}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle action={null}>
            {renewal.claims === null ? 'Sign in again' : 'Confirm that it’s you'}
          </DialogTitle>
          {renewal.blocked ? <Blocked renewal={renewal} /> : <InAWindow renewal={renewal} />}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function InAWindow({ renewal }: { renewal: Renewal }) {
  const styles = useStyles();
  const stepUp = renewal.claims !== null;
  return (
    <>
      <DialogContent className={styles.content}>
        <Text>
          {stepUp
            ? 'Your organization asks for a stronger sign-in before this change.'
            : endedText(renewal)}{' '}
          A window opens for the sign-in, and what you have typed here stays as it is.
        </Text>
        <output>{renewal.busy ? 'Waiting for the other window…' : ''}</output>
        <Failure failure={renewal.failure} />
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" onClick={() => void signInAgain()}>
          {buttonText(stepUp, renewal.busy)}
        </Button>
        <Button onClick={declineRenewal}>Not now</Button>
      </DialogActions>
    </>
  );
}

function Blocked({ renewal }: { renewal: Renewal }) {
  const styles = useStyles();
  return (
    <>
      <DialogContent className={styles.content}>
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>This browser blocked the window</MessageBarTitle> Allow windows of this
            site and open it again. Or sign in in this tab: the page is then loaded anew, and what
            you typed in it is lost, so copy it first. Only an SSO setting in the wizard is kept.
          </MessageBarBody>
        </MessageBar>
        <output>{renewal.busy ? 'Waiting for the other window…' : ''}</output>
        <Failure failure={renewal.failure} />
      </DialogContent>
      <DialogActions fluid>
        <Button appearance="primary" onClick={() => void signInAgain()}>
          Open the window again
        </Button>
        <Button onClick={() => void signInAgainHere()}>Sign in in this tab</Button>
        <Button onClick={declineRenewal}>Not now</Button>
      </DialogActions>
    </>
  );
}

function Failure({ failure }: { failure: SignInFailure | null }) {
  if (failure === null) return null;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        {failureText(failure)}{' '}
        <Link href={troubleshootingFor(failure)} target="_blank">
          Troubleshooting
        </Link>
      </MessageBarBody>
    </MessageBar>
  );
}

function endedText({ ended }: Renewal): string {
  return ended === null
    ? 'Your sign-in has ended. In a browser it lasts 24 hours at most, and it can be ended before.'
    : sessionEndWords[ended];
}

function buttonText(stepUp: boolean, busy: boolean): string {
  if (busy) return 'Open the window again';
  return stepUp ? 'Continue' : 'Sign in again';
}

function failureText(failure: SignInFailure): string {
  const { meaning, fix } = explainSignInFailure(failure);
  const quote = quoteOf(failure).map(([name, value]) => `${name}: ${value}.`);
  return `${meaning} ${fix} ${quote.join(' ')}`;
}

function troubleshootingFor(failure: SignInFailure): string {
  const code = lookedUp(failure);
  return code === null ? paths.troubleshooting() : `${paths.troubleshooting()}?code=${code}`;
}
