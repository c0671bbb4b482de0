import { ApiError, OfflineError } from '../failures.ts';
import type { Problem } from '../../contract/problem.ts';
import { activeAccount, signIn, signOut } from '../api/session.ts';
import { CompleteGroups } from './complete-groups.tsx';
import { CopyText } from './copy-text.tsx';
import { OutsidePage } from './outside-page.tsx';
import { refusalWords } from './refusal-words.ts';

/** Somebody is signed in at Entra ID, but not let in: a page like any other. */
export function RefusalPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error);
  const account = activeAccount();
  const asker =
    account === null
      ? null
      : { name: account.name ?? account.username, userPrincipalName: account.username };
  const { title, why, mender, ask } = refusalWords(problem, asker);
  const quote = problem.reference === '' ? problem.code : `${problem.code}, ${problem.reference}`;
  return (
    <OutsidePage title={title} focusTitle>
      <p>{why}</p>
      <h2>Who can mend it</h2>
      <p>{mender}</p>
      {ask !== null && (
        <>
          <h2>What to ask for</h2>
          <pre className="outside-ask">{ask}</pre>
          <CopyText label="Copy this request" text={`${ask}\n\nReference: ${quote}`} />
        </>
      )}
      <div className="outside-actions">
        {problem.code === 'groups_incomplete' && <CompleteGroups onDone={onRetry} />}
        <button type="button" className="outside-secondary" onClick={onRetry}>
          Try again
        </button>
        {account !== null && (
          <>
            <button
              type="button"
              className="outside-secondary"
              onClick={() => void signIn({ otherAccount: true })}
            >
              Use another account
            </button>
            <button type="button" className="outside-secondary" onClick={() => void signOut()}>
              Sign out
            </button>
          </>
        )}
      </div>
      <dl className="outside-facts">
        {asker !== null && (
          <div>
            <dt>Signed in as</dt>
            <dd>{asker.userPrincipalName}</dd>
          </div>
        )}
        <div>
          <dt>Code</dt>
          <dd>{problem.code}</dd>
        </div>
        {problem.reference !== '' && (
          <div>
            <dt>Reference</dt>
            <dd>{problem.reference}</dd>
          </div>
        )}
      </dl>
      <CopyText label="Copy code and reference" text={quote} />
    </OutsidePage>
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const offline = error instanceof OfflineError;
  return {
    type: 'about:blank',
    title: 'This page couldn’t be shown',
    status: 0,
    code: offline ? 'offline' : 'unexpected',
    detail: error instanceof Error ? error.message : 'Nothing more is known about it.',
    reference: '',
  };
}
