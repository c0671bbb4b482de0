import { configuration } from '../api/configuration.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { sensorPaths } from '../paths.ts';
import { consoleStart } from './gate-session.ts';
import { NoticeList } from './notice-list.tsx';
import { PlaceLine } from './place-line.tsx';
import { RecoveryHint } from './recovery-hint.tsx';
import type { SignedOutReason } from './sensor-state.ts';
import { SignedOutNotice } from './signed-out-notice.tsx';
import { signIn } from './sign-in.ts';
import { usePlace } from './use-stores.ts';

/** Sign-in at a gate: which sensor it is, what is wrong around it, one button. */
export function SignInPage({ reason }: { reason: SignedOutReason }) {
  const place = usePlace();
  const next = consoleStart();
  const can = configuration.provider !== null;
  return (
    <OutsidePage
      title={`Sign in to ${place?.name ?? configuration.name}`}
      focusTitle={reason.kind !== 'none'}
    >
      {place !== null && <PlaceLine place={place} />}
      <div aria-live="polite">
        <SignedOutNotice reason={reason} />
      </div>
      <NoticeList signedIn={false} />
      <p>
        Use the account of your organization. Microsoft Entra ID asks for your credentials and,
        where it is set up, for approval on your phone.
      </p>
      {next !== '/' && (
        <p>
          After that, the page that you asked for opens: <code>{next}</code>
        </p>
      )}
      <div className="outside-actions">
        <button
          type="button"
          className="outside-primary"
          disabled={!can}
          onClick={() => void signIn()}
        >
          SSO Sign-in
        </button>
        {reason.kind !== 'none' && can && (
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
            <a href={sensorPaths.troubleshooting()}>Troubleshooting</a>: it says what it means and
            who can mend it.
          </li>
          <li>Try a private window, in case another account gets in the way.</li>
          <li>
            <RecoveryHint />
          </li>
        </ul>
      </details>
    </OutsidePage>
  );
}
