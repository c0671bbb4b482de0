import { menderLabels } from '../../domain/aadsts.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';
import { CopyText } from './copy-text.tsx';
import { explainSignInFailure, quoteOf } from './explain-sign-in-failure.ts';

/** Why a sign-in failed: what happened, what to do, who can, and what to quote. */
export function SignInFailureNotice({ failure }: { failure: SignInFailure }) {
  const { meaning, fix, mender } = explainSignInFailure(failure);
  const facts = quoteOf(failure);
  return (
    <div className="outside-alert" role="alert">
      <p>
        <strong>{meaning}</strong>
      </p>
      <p>{fix}</p>
      {mender !== 'you' && <p>This can be mended by {menderLabels[mender]}.</p>}
      <dl className="outside-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CopyText
        label="Copy these details"
        text={facts.map(([name, value]) => `${name}: ${value}`).join('\n')}
      />
    </div>
  );
}
