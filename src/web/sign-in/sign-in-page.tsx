import { configuration } from '../api/configuration.ts';
import type { SignedOutReason } from '../api/session-state.ts';
import { signIn } from '../api/session.ts';
import { paths } from '../paths.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { SignInFailureNotice } from '../outside/sign-in-failure-notice.tsx';

/** Sign-in: one button, and what to do when it fails. */
export function SignInPage({ reason }: { reason: SignedOutReason }) {
  if (reason.kind === 'notSetUp') return <NotSetUpPage />;
  const failed = reason.kind === 'failed' || reason.kind === 'notContinued';
  return (
    <OutsidePage title={`Sign in to ${configuration.name}`}>
      <div aria-live="polite">
        <Reason reason={reason} />
      </div>
      <p>
        Use the account of your organization. Microsoft Entra ID asks for your credentials and,
        where it is set up, for approval on your phone.
      </p>
      <div className="outside-actions">
        <button type="button" className="outside-primary" onClick={() => void signIn()}>
          SSO Sign-in
        </button>
        {failed && (
          <button
            type="button"
            className="outside-secondary"
            onClick={() => void signIn({ otherAccount: true })}
          >
            Use another account
          </button>
        )}
      </div>
      <details className="outside-details">
        <summary>It doesn’t work?</summary>
        <ul>
          <li>
            Every message on the way has a code. Look it up under{' '}
            <a href={paths.troubleshooting()}>Troubleshooting</a>: it says what it means and who can
            mend it.
          </li>
          <li>Try a private window, in case another account gets in the way.</li>
          <li>
            If nobody can sign in any more, whoever runs the server can open a recovery link: run{' '}
            <code>gatehouse recover</code> there.
          </li>
        </ul>
      </details>
    </OutsidePage>
  );
}

function Reason({ reason }: { reason: SignedOutReason }) {
  switch (reason.kind) {
    case 'failed':
      return <SignInFailureNotice failure={reason.failure} />;
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
    case 'signedOutElsewhere':
      return (
        <div className="outside-note">
          <p>You signed out in another tab.</p>
        </div>
      );
    case 'recoveryEnded':
      return (
        <div className="outside-note">
          <p>
            The recovery session has ended. For another one, run <code>gatehouse recover</code> on
            the server.
          </p>
        </div>
      );
    default:
      return null;
  }
}

function NotSetUpPage() {
  return (
    <OutsidePage title="Sign-in isn’t set up yet">
      <p>
        Nobody has connected {configuration.name} with Microsoft Entra ID so far. Only a recovery
        link leads in.
      </p>
      <h2>What to do</h2>
      <ol>
        <li>
          Open the recovery link that the server printed when it started. For a new one, run{' '}
          <code>gatehouse recover</code> on the server. It is good once and for 15 minutes.
        </li>
        <li>Enter your tenant and application under Single Sign-On, and try them.</li>
        <li>Sign in.</li>
      </ol>
      <p>
        If you don’t run the server yourself, send these steps to whoever does. They are called
        “With your own tenant” in the README.
      </p>
    </OutsidePage>
  );
}
