import { configuration } from '../api/configuration.ts';
import { SignInFailureNotice } from '../outside/sign-in-failure-notice.tsx';
import type { Ended, SignedOutReason } from './sensor-state.ts';
import { signOut } from './sign-out.ts';

const endedWords: Record<Ended, { title: string; text: string }> = {
  idle: {
    title: 'Your session ended because nothing happened for a while.',
    text: 'That keeps a screen that was left alone from being used by others. Sign in to go on.',
  },
  total: {
    title: 'Your session reached its longest duration.',
    text: 'Everybody signs in anew after that time, however busy they are. Sign in to go on.',
  },
  revoked: {
    title: 'Your session was ended by an administrator.',
    text: 'If nobody told you why, ask whoever administers Gatehouse before you sign in again.',
  },
  roleLost: {
    title: 'Your role at this sensor was taken away.',
    text: 'The groups that give roles here were changed, or the setting was. If you sign in again and have no role, the page says what to ask for.',
  },
  unknown: {
    title: 'Your last session is over.',
    text: 'This gate doesn’t know it any more, for instance because it was restarted or set up anew. Sign in to go on.',
  },
};

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
      return (
        <Note {...endedWords[Object.hasOwn(endedWords, reason.ended) ? reason.ended : 'unknown']} />
      );
    case 'signedOut':
      return reason.atMicrosoft ? (
        <Note title="You are signed out, here and at Microsoft Entra ID." text="" />
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
