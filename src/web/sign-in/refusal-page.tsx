import { completeGroups } from '../api/group-evidence.ts';
import { signIn } from '../api/begin-sign-in.ts';
import { sessionStore } from '../api/session-store.ts';
import { activeAccount, signOut } from '../api/session.ts';
import { AdminConsent } from '../outside/admin-consent.tsx';
import { CompleteGroups } from '../outside/complete-groups.tsx';
import { askerIn } from '../outside/explained-refusal.ts';
import { invitationToken } from '../outside/invitation-token.ts';
import { problemOf } from '../outside/problem-of.ts';
import { Refusal } from '../outside/refusal.tsx';
import { refusalWords } from '../outside/refusal-words.ts';
import { quotedFacts } from '../outside/quoted-facts.ts';

/** Somebody is signed in at Entra ID, but not let in. */
export function RefusalPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error);
  const session = sessionStore.get();
  const via = session.kind === 'signedIn' ? session.via : null;
  const account = via === 'entra' ? activeAccount() : null;
  // A session that the server keeps is of somebody, too; only a recovery session is nobody's.
  const mayLeave = account !== null || via === 'web';
  const asker =
    account === null
      ? askerIn(problem)
      : { name: account.name ?? account.username, userPrincipalName: account.username };
  return (
    <Refusal
      words={refusalWords(problem, asker)}
      facts={quotedFacts(problem, asker)}
      before={problem.code === 'no_role' && invitationToken() !== null && <NotTheInvited />}
      after={problem.code === 'groups_incomplete' && <AdminConsent />}
    >
      {problem.code === 'groups_incomplete' && account !== null && (
        <CompleteGroups complete={() => completeGroups({ interactive: true })} onDone={onRetry} />
      )}
      <button type="button" className="outside-secondary" onClick={onRetry}>
        Try again
      </button>
      {mayLeave && (
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

/** They came by an invitation, but Microsoft doesn’t say that its address is theirs. */
function NotTheInvited() {
  return (
    <div className="outside-note">
      <p>
        <strong>The invitation doesn’t count for this account.</strong> It is for one address, and
        Microsoft doesn’t confirm that it is this account’s. Use the account that you were invited
        with, or ask for an invitation to the address that this one has in Entra ID.
      </p>
    </div>
  );
}
