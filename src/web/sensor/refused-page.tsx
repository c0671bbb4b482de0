import { useState } from 'react';
import { roleLabels } from '../../domain/role.ts';
import { quotedFacts } from '../outside/quoted-facts.ts';
import { Refusal } from '../outside/refusal.tsx';
import { refusalWords } from '../outside/refusal-words.ts';
import { sensorPaths } from '../paths.ts';
import { NoticeList } from './notice-list.tsx';
import { refusedProblem } from './refused-address.ts';
import { usePlace, useSensorState } from './use-stores.ts';

/** A page of the console that the gate refused to somebody who is signed in. */
export function RefusedPage() {
  const [problem] = useState(() => refusedProblem(location.search));
  const state = useSensorState();
  const place = usePlace();
  const session = state.kind === 'signedIn' ? state.session : null;
  const asker =
    session === null
      ? null
      : { name: session.name, userPrincipalName: session.userPrincipalName ?? session.name };
  const setting = session?.through?.settingName;
  const request = problem.details?.['request'];
  const facts = [
    ...quotedFacts(problem, asker),
    ...(session === null ? [] : [['Role', roleLabels[session.role]] as const]),
    ...(setting === undefined ? [] : [['SSO setting', setting] as const]),
    ...(place === null ? [] : [['Sensor', place.name] as const]),
    ...(typeof request === 'string' ? [['Request', request] as const] : []),
  ];
  return (
    <Refusal
      words={refusalWords(problem, asker, place)}
      facts={facts}
      before={<NoticeList signedIn={session !== null} />}
    >
      <a className="outside-primary" href="/">
        To the console’s start
      </a>
      <a className="outside-secondary" href={sensorPaths.overview()}>
        {session === null ? 'Sign-in' : 'Overview: what you may do'}
      </a>
    </Refusal>
  );
}
