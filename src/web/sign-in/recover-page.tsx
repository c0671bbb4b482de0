import { useEffect, useState } from 'react';
import { openRecoverySession } from '../../contract/recovery.ts';
import { call } from '../api/call.ts';
import { enterRecovery } from '../api/session.ts';
import { ApiError } from '../failures.ts';
import { paths } from '../paths.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { RecoverCommand } from '../outside/recover-command.tsx';
import { takeRecoveryToken } from '../outside/recovery-token.ts';

type State = { kind: 'opening' } | { kind: 'noToken' } | { kind: 'failed'; detail: string };

// Read once, when the page loads: the token must not stay in the address bar or in history.
const token = takeRecoveryToken();
let opening: Promise<void> | null = null;

/** `/recover#token=…`: opens a recovery session, and goes on to the application. */
export function RecoverPage() {
  const [state, setState] = useState<State>(
    token === null ? { kind: 'noToken' } : { kind: 'opening' },
  );

  useEffect(() => {
    if (token === null) return;
    // A link is good once: StrictMode's second effect must not spend it again.
    opening ??= open(token);
    opening.catch((error: unknown) => {
      const detail = error instanceof ApiError ? error.problem.detail : (error as Error).message;
      setState({ kind: 'failed', detail });
    });
  }, []);

  if (state.kind === 'opening') {
    return (
      <OutsidePage title="Recovery">
        <output className="outside-working">
          <span className="outside-spinner" aria-hidden="true" />
          Opening the recovery session…
        </output>
      </OutsidePage>
    );
  }
  return (
    <OutsidePage
      title={state.kind === 'failed' ? 'This recovery link isn’t good' : 'Recovery'}
      focusTitle
    >
      {state.kind === 'failed' ? (
        <p>{state.detail}</p>
      ) : (
        <p>
          Open the whole link that the server printed. It is good once and for 15 minutes; for a new
          one, run <RecoverCommand /> on the server.
        </p>
      )}
      <div className="outside-actions">
        <a className="outside-secondary" href={paths.overview()}>
          Go to sign-in
        </a>
      </div>
    </OutsidePage>
  );
}

async function open(text: string): Promise<void> {
  const { value } = await call(openRecoverySession, { body: { token: text } });
  history.replaceState(null, '', paths.overview());
  enterRecovery(value.endsAt);
}
