import type { SignedOutReason } from '../api/session-state.ts';
import { configuration } from '../api/configuration.ts';
import { readFailedSignIn } from '../api/sign-in-report.ts';
import { RecoverCommand } from '../outside/recover-command.tsx';
import { sessionEndWords } from '../outside/session-end-words.ts';
import { SignInFailureNotice } from '../outside/sign-in-failure-notice.tsx';

/** Why nobody is signed in, where there is something to say about it. */
export function SignedOutNotice({ reason }: { reason: SignedOutReason }) {
  switch (reason.kind) {
    case 'failed':
      return (
        <SignInFailureNotice failure={reason.failure} at={readFailedSignIn(location.hash).at} />
      );
    case 'notContinued':
      return (
        <div className="outside-note">
          <p>
            <strong>Your session couldn’t be continued in this tab.</strong> Either it has ended, or
            this browser keeps Microsoft Entra ID from being asked in the background, as it does
            when it blocks third-party cookies. Select SSO Sign-in: you may not have to type
            anything.
          </p>
        </div>
      );
    case 'signedOut':
      return (
        <div className="outside-note">
          <p>You are signed out.</p>
        </div>
      );
    case 'signedOutElsewhere':
      return (
        <div className="outside-note">
          <p>You signed out in another tab.</p>
        </div>
      );
    case 'ended':
      return (
        <div className="outside-note">
          <p>{sessionEndWords[reason.why]}</p>
        </div>
      );
    case 'signedOutHere':
      return (
        <div className="outside-note">
          <p>
            <strong>You signed out of {configuration.name}, perhaps not of Microsoft.</strong> On a
            computer that others use, sign out at Microsoft too, or close all windows of the
            browser.
          </p>
        </div>
      );
    case 'notSignedOut':
      return (
        <div className="outside-alert" role="alert">
          <p>
            <strong>You may still be signed in.</strong> The server couldn’t be told that you sign
            out. Load this page again and sign out once more, above all on a computer that others
            use.
          </p>
        </div>
      );
    case 'recoveryEnded':
      return (
        <div className="outside-note">
          <p>
            The recovery session has ended. For another one, run <RecoverCommand /> on the server.
          </p>
        </div>
      );
    default:
      return null;
  }
}
