import { useState } from 'react';
import { OutsidePage } from '../outside/outside-page.tsx';
import { problemOf } from '../outside/problem-of.ts';
import { takeRecoveryToken } from '../outside/recovery-token.ts';
import { sensorPaths } from '../paths.ts';
import { PlaceLine } from './place-line.tsx';
import { recover } from './sign-in.ts';
import { usePlace } from './use-stores.ts';

type State =
  | { readonly kind: 'ready' | 'opening' | 'noToken' }
  | { readonly kind: 'failed'; readonly detail: string };

// Read once, when the page loads: the token must not stay in the address bar or in history.
const token = location.pathname === sensorPaths.recover() ? takeRecoveryToken() : null;

/** `/_gatehouse/recover#token=…`: asks for a click, because a link is good once and previews open links too. */
export function RecoverPage() {
  const place = usePlace();
  const [state, setState] = useState<State>({ kind: token === null ? 'noToken' : 'ready' });

  async function open() {
    if (token === null) return;
    setState({ kind: 'opening' });
    try {
      await recover(token);
    } catch (error) {
      setState({ kind: 'failed', detail: problemOf(error).detail });
    }
  }

  if (state.kind === 'failed' || state.kind === 'noToken') {
    return (
      <OutsidePage
        title={state.kind === 'failed' ? 'This recovery link isn’t good' : 'Recovery'}
        focusTitle
      >
        {state.kind === 'failed' && <p>{state.detail}</p>}
        <p>
          Open the whole link that was printed on the sensor. It is good once and for 15 minutes;
          for a new one, run <code>gatehouse gate recover</code> in the sensor’s shell.
        </p>
        <div className="outside-actions">
          <a className="outside-secondary" href={sensorPaths.overview()}>
            Go to sign-in
          </a>
        </div>
      </OutsidePage>
    );
  }
  return (
    <OutsidePage title={`Recovery${place === null ? '' : ` of ${place.name}`}`}>
      {place !== null && <PlaceLine place={place} />}
      <p>
        This opens the sensor’s console as Admin for 30 minutes, without Microsoft Entra ID and
        without the portal. Use it when nobody can sign in.
      </p>
      <p>The opening and the end of the session are recorded, and reported to the portal.</p>
      <div className="outside-actions">
        <button
          type="button"
          className="outside-primary"
          disabled={state.kind === 'opening'}
          onClick={() => void open()}
        >
          Open a recovery session
        </button>
        <a className="outside-secondary" href={sensorPaths.overview()}>
          Don’t
        </a>
      </div>
    </OutsidePage>
  );
}
