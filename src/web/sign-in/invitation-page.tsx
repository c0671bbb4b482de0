import { useEffect, useState } from 'react';
import { getMe, type Me } from '../../contract/me.ts';
import { lookUpInvitation } from '../../contract/users.ts';
import { call } from '../api/call.ts';
import { sessionStore } from '../api/session-store.ts';
import { ApiError } from '../failures.ts';
import { forgetInvitation, invitationToken } from '../outside/invitation-token.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { problemOf } from '../outside/problem-of.ts';
import { Refusal } from '../outside/refusal.tsx';
import { refusalWords } from '../outside/refusal-words.ts';
import { quotedFacts } from '../outside/quoted-facts.ts';
import { paths } from '../paths.ts';
import { invitationGone, isInvited, type Invitation } from './invitation-words.ts';
import { OpenInvitation } from './open-invitation.tsx';

type State =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly invitation: Invitation; readonly me: Me | null }
  | { readonly kind: 'failed'; readonly error: unknown };

// StrictMode's second effect must not ask again: look-ups are counted.
let looking: Promise<State> | null = null;

/** `/invitation#token=…`: whose invitation it is, and the way in. */
export function InvitationPage() {
  const [state, setState] = useState<State>({ kind: 'looking' });
  useEffect(() => {
    looking ??= lookUp();
    void looking.then(setState);
  }, []);

  function again() {
    looking = lookUp();
    setState({ kind: 'looking' });
    void looking.then(setState);
  }

  if (state.kind === 'looking') {
    return (
      <OutsidePage title="Your invitation">
        <output className="outside-working">
          <span className="outside-spinner" aria-hidden="true" />
          Looking the invitation up…
        </output>
      </OutsidePage>
    );
  }
  if (state.kind === 'failed') return <NotFound error={state.error} onRetry={again} />;
  const { invitation, me } = state;
  return invitation.state === 'open' ? (
    <OpenInvitation invitation={invitation} me={me} />
  ) : (
    <Gone invitation={invitation} state={invitation.state} me={me} />
  );
}

async function lookUp(): Promise<State> {
  const token = invitationToken();
  if (token === null) return { kind: 'failed', error: null };
  try {
    const { value: invitation } = await call(lookUpInvitation, { body: { token } });
    if (invitation.state !== 'open') forgetInvitation();
    return { kind: 'found', invitation, me: await whoIsHere() };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'invitation_unknown') forgetInvitation();
    return { kind: 'failed', error };
  }
}

/** Who is signed in already; null for nobody, and for somebody without a role. */
async function whoIsHere(): Promise<Me | null> {
  if (sessionStore.get().kind !== 'signedIn') return null;
  return call(getMe).then(
    ({ value }) => value,
    () => null,
  );
}

function Gone({
  invitation,
  state,
  me,
}: {
  invitation: Invitation;
  state: Exclude<Invitation['state'], 'open'>;
  me: Me | null;
}) {
  if (state === 'used' && me !== null && isInvited(invitation, me)) return <Yours me={me} />;
  const { title, text } = invitationGone(invitation)[state];
  return (
    <OutsidePage title={title} focusTitle>
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <div className="outside-actions">
        <a className={state === 'used' ? 'outside-primary' : 'outside-secondary'} href="/">
          Go to sign-in
        </a>
      </div>
    </OutsidePage>
  );
}

/** Who took it has come by its link once more. */
function Yours({ me: { name } }: { me: Me }) {
  return (
    <OutsidePage title="You have accepted this invitation" focusTitle>
      <p>
        You are signed in as {name}, and need the link no more: from now on you sign in with your
        Microsoft account.
      </p>
      <div className="outside-actions">
        <a className="outside-primary" href={paths.overview()}>
          Go to Overview
        </a>
      </div>
    </OutsidePage>
  );
}

function NotFound({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null) {
    return (
      <OutsidePage title="There is no invitation here" focusTitle>
        <p>
          Open the whole link that you were sent. It ends in a long row of characters, which some
          mail programs cut off: copy it as a whole into the address bar.
        </p>
        <div className="outside-actions">
          <a className="outside-secondary" href={paths.overview()}>
            Go to sign-in
          </a>
        </div>
      </OutsidePage>
    );
  }
  const problem = problemOf(error);
  return (
    <Refusal words={refusalWords(problem, null)} facts={quotedFacts(problem, null)}>
      {problem.code !== 'invitation_unknown' && (
        <button type="button" className="outside-primary" onClick={onRetry}>
          Try again
        </button>
      )}
      <a className="outside-secondary" href={paths.overview()}>
        Go to sign-in
      </a>
    </Refusal>
  );
}
