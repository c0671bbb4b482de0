import type { Problem } from '../../contract/problem.ts';
import { CompleteGroups } from '../outside/complete-groups.tsx';
import type { Asker } from '../outside/explained-refusal.ts';
import { quotedFacts } from '../outside/quoted-facts.ts';
import { Refusal } from '../outside/refusal.tsx';
import { refusalWords } from '../outside/refusal-words.ts';
import { NoticeList } from './notice-list.tsx';
import { signOut } from './sign-out.ts';
import { completeGroups, signIn, tryAgain } from './sign-in.ts';
import { usePlace } from './use-stores.ts';

/** Somebody is signed in at Entra ID, but the gate doesn't let them in. */
export function SignInRefusalPage({ problem, asker }: { problem: Problem; asker: Asker | null }) {
  const place = usePlace();
  return (
    <Refusal
      words={refusalWords(problem, asker, place)}
      facts={[
        ...quotedFacts(problem, asker),
        ...(place === null ? [] : [['Sensor', place.name] as const]),
      ]}
      before={<NoticeList signedIn={false} />}
    >
      {problem.code === 'groups_incomplete' && (
        <CompleteGroups complete={completeGroups} onDone={() => {}} />
      )}
      <button type="button" className="outside-secondary" onClick={() => retry(problem)}>
        Try again
      </button>
      <button
        type="button"
        className="outside-secondary"
        onClick={() => void signIn({ otherAccount: true })}
      >
        Use another account
      </button>
      <button
        type="button"
        className="outside-secondary"
        onClick={() => void signOut({ atMicrosoft: true })}
      >
        Sign out
      </button>
    </Refusal>
  );
}

/** With another token; where the token itself is wrong, with what the page is told when it loads. */
function retry({ code }: Problem): void {
  if (code.startsWith('token_')) location.reload();
  else void tryAgain();
}
