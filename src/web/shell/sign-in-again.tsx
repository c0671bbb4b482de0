import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Text,
  tokens,
} from '@fluentui/react-components';
import { explainAadsts } from '../../domain/aadsts.ts';
import { declineRenewal, signInAgain } from '../api/renewal.ts';
import { useRenewal } from '../api/use-renewal.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

/** The session is over, or a change asks for more proof: sign in again without losing the page. */
export function SignInAgain() {
  const styles = useStyles();
  const renewal = useRenewal();
  if (renewal === null) return null;
  const stepUp = renewal.claims !== null;
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{stepUp ? 'Confirm that it’s you' : 'Sign in again'}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>
              {stepUp
                ? 'Your organization asks for a stronger sign-in before this change.'
                : 'Your sign-in has ended. In a browser it lasts 24 hours at most, and it can be ended before.'}{' '}
              A window opens for it, and what you have typed here stays as it is.
            </Text>
            <output>{renewal.busy ? 'Waiting for the other window…' : ''}</output>
            {renewal.failure !== null && (
              <MessageBar intent="error" layout="multiline" role="alert">
                <MessageBarBody>{failureText(renewal.failure)}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={() => void signInAgain()}>
              {buttonText(stepUp, renewal.busy)}
            </Button>
            <Button onClick={declineRenewal}>Not now</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function buttonText(stepUp: boolean, busy: boolean): string {
  if (busy) return 'Open the window again';
  return stepUp ? 'Continue' : 'Sign in again';
}

function failureText({ code, aadsts, correlationId }: SignInFailure): string {
  const explained = aadsts === null ? null : explainAadsts(aadsts);
  const quote = correlationId === null ? '' : ` Correlation ID: ${correlationId}.`;
  return explained === null
    ? `That didn’t succeed (${code}). Try again.${quote}`
    : `${explained.meaning} ${explained.fix} (AADSTS${explained.number})${quote}`;
}
