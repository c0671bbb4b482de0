import { menderLabels } from '../../domain/aadsts-explanation.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';
import { pageBase } from '../api/configuration.ts';
import { AdminConsent } from './admin-consent.tsx';
import { CopyText } from './copy-text.tsx';
import { explainSignInFailure, lookedUp, quoteOf } from './explain-sign-in-failure.ts';

/** Why a sign-in failed: what happened, what to do, who can, and what to quote. */
export function SignInFailureNotice({
  failure,
  at = null,
}: {
  failure: SignInFailure;
  /** When it failed, ISO 8601. */
  at?: string | null;
}) {
  const { meaning, fix, mender, needs } = explainSignInFailure(failure);
  const time = at === null ? [] : [['Time', at] as const];
  const facts = [...quoteOf(failure), ...time];
  const code = lookedUp(failure);
  return (
    <div className="outside-alert" role="alert">
      <p>
        <strong>{meaning}</strong>
      </p>
      <p>{fix}</p>
      {mender !== 'you' && <p>This can be mended by {menderLabels[mender]}.</p>}
      {needs === 'adminConsent' && <AdminConsent />}
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
        text={`${meaning} ${fix}\n${facts.map(([name, value]) => `${name}: ${value}`).join('\n')}`}
      />
      {code !== null && (
        <p className="outside-more">
          <a href={`${pageBase}troubleshooting?code=${code}`}>{`${code} under Troubleshooting`}</a>
        </p>
      )}
    </div>
  );
}
