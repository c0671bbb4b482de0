import { configuration } from '../api/configuration.ts';
import { SignInFailureNotice } from '../outside/sign-in-failure-notice.tsx';
import { endedWords } from './ended-words.ts';
import type { SignedOutReason } from './sensor-state.ts';
import { signOut } from './sign-out.ts';

/** Why nobody is signed in. */
export function SignedOutNotice({ reason }: { reason: SignedOutReason }) {
  switch (reason.kind) {
    case 'failed':
      return <SignInFailureNotice failure={reason.failure} />;
    case 'applicationChanged':
      return (
        <Note
          title="The setting of this sensor was changed while you signed in."
          text="Select SSO Sign-in again: you may not have to type anything."
        />
      );
    case 'ended':
      return <Note {...endedWords(reason.ended)} />;
    case 'signedOut':
      return reason.atMicrosoft ? (
        <Note
          title="You are signed out, here and at Microsoft Entra ID."
          text="A session at another sensor goes on until it is ended there."
        />
      ) : (
        <SignedOutHere />
      );
    case 'signedOutElsewhere':
      return <Note title="You signed out in another tab." text="" />;
    case 'recoveryEnded':
      return <Note title="The recovery session has ended." text="" />;
    default:
      return null;
  }
}

function Note({ title, text }: { title: string; text: string }) {
  return (
    <div className="outside-note">
      <p>
        <strong>{title}</strong> {text}
      </p>
    </div>
  );
}

function SignedOutHere() {
  return (
    <div className="outside-note">
      <p>
        <strong>You are signed out here.</strong> In this browser you may still be signed in at
        Microsoft Entra ID: the next sign-in may then ask for nothing.
      </p>
      {configuration.provider !== null && (
        <button
          type="button"
          className="outside-small"
          onClick={() => void signOut({ atMicrosoft: true })}
        >
          Sign out at Microsoft, too
        </button>
      )}
    </div>
  );
}
