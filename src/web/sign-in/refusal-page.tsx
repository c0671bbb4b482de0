import { completeGroups } from '../api/group-evidence.ts';
import { activeAccount, signIn, signOut } from '../api/session.ts';
import { CompleteGroups } from '../outside/complete-groups.tsx';
import { problemOf } from '../outside/problem-of.ts';
import { Refusal } from '../outside/refusal.tsx';
import { refusalWords } from '../outside/refusal-words.ts';
import { quotedFacts } from '../outside/quoted-facts.ts';

/** Somebody is signed in at Entra ID, but not let in. */
export function RefusalPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error);
  const account = activeAccount();
  const asker =
    account === null
      ? null
      : { name: account.name ?? account.username, userPrincipalName: account.username };
  return (
    <Refusal words={refusalWords(problem, asker)} facts={quotedFacts(problem, asker)}>
      {problem.code === 'groups_incomplete' && (
        <CompleteGroups complete={() => completeGroups({ interactive: true })} onDone={onRetry} />
      )}
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
    </Refusal>
  );
}
