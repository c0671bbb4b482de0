import type { SignInProvider } from '../../contract/configuration.ts';
import type { webSignInPaths } from '../../contract/web-sign-in.ts';
import { signIn } from '../api/begin-sign-in.ts';
import { remembered } from '../api/browser-memory.ts';
import { configuration } from '../api/configuration.ts';
import type { SignedOutReason } from '../api/session-state.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { RecoverCommand } from '../outside/recover-command.tsx';
import { paths } from '../paths.ts';
import { NotSetUpPage } from './not-set-up-page.tsx';
import { SignedOutNotice } from './signed-out-notice.tsx';

const failedPath: typeof webSignInPaths.failed = '/sign-in/failed';

/** Sign-in: one button, the other ways below it, and what to do when it fails. */
export function SignInPage({ reason }: { reason: SignedOutReason }) {
  if (reason.kind === 'notSetUp') return <NotSetUpPage />;
  const failed = reason.kind === 'failed' || reason.kind === 'notContinued';
  const atServer = location.pathname === failedPath;
  const { name } = configuration;
  return (
    <OutsidePage title={atServer ? `You aren’t signed in to ${name}` : `Sign in to ${name}`}>
      <div aria-live="polite">
        <SignedOutNotice reason={reason} />
      </div>
      {!failed && (
        <p>
          Use the account of your organization. Microsoft Entra ID asks for your credentials and,
          where it is set up, for approval on your phone.
        </p>
      )}
      <div className="outside-actions">
        <SignInButtons failed={failed} again={atServer} />
      </div>
      <OtherWays />
      <WhenItFails />
    </OutsidePage>
  );
}

/** `again`: the same way that failed a moment ago, which may not be the primary one. */
function SignInButtons({ failed, again }: { failed: boolean; again: boolean }) {
  const last = again ? remembered('chosenProvider') : null;
  return (
    <>
      <button
        type="button"
        className="outside-primary"
        onClick={() => void signIn(last === null ? {} : { providerId: last })}
      >
        {again ? 'Try again' : 'SSO Sign-in'}
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
    </>
  );
}

function OtherWays() {
  const [, ...others] = configuration.providers;
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="other-ways">
      <h2 id="other-ways">Other ways to sign in</h2>
      <ul className="outside-ways">
        {others.map((provider) => (
          <OtherWay key={provider.id} provider={provider} />
        ))}
      </ul>
    </section>
  );
}

function OtherWay({ provider: { id, name } }: { provider: SignInProvider }) {
  return (
    <li>
      <button
        type="button"
        className="outside-secondary"
        onClick={() => void signIn({ providerId: id })}
      >
        {name}
      </button>
    </li>
  );
}

function WhenItFails() {
  return (
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
          <RecoverCommand /> there.
        </li>
      </ul>
    </details>
  );
}
