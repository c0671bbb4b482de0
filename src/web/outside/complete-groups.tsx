import { useState } from 'react';
import { describeSignInFailure } from '../api/sign-in-failure.ts';
import { ApiError } from '../failures.ts';
import { explainSignInFailure } from './explain-sign-in-failure.ts';

/**
 * R11, with the person's help: a window in which they allow reading their groups. `complete` answers
 * false where Graph gave nothing.
 */
export function CompleteGroups({
  complete,
  onDone,
}: {
  complete: () => Promise<boolean>;
  onDone: () => void;
}) {
  const [state, setState] = useState<{ busy: boolean; failure: string | null }>({
    busy: false,
    failure: null,
  });

  async function start() {
    setState({ busy: true, failure: null });
    try {
      if (await complete()) return onDone();
      setState({ busy: false, failure: 'Microsoft Graph gave no answer.' });
    } catch (error) {
      setState({ busy: false, failure: failureText(error) });
    }
  }

  return (
    <>
      <button
        type="button"
        className="outside-primary"
        disabled={state.busy}
        onClick={() => void start()}
      >
        Read my groups from Microsoft Graph
      </button>
      <div role="alert">{state.failure}</div>
    </>
  );
}

function failureText(error: unknown): string {
  if (error instanceof ApiError) return error.problem.detail;
  const { meaning, fix } = explainSignInFailure(describeSignInFailure(error));
  return `${meaning} ${fix}`;
}
