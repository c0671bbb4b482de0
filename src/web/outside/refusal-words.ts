import type { Problem } from '../../contract/problem.ts';
import type { Asker, Explain, Place, RefusalWords } from './explained-refusal.ts';
import { refusalsOfPeople } from './refusals-of-people.ts';
import { refusalsOfPlaces } from './refusals-of-places.ts';

const explained: Readonly<Record<string, Explain>> = { ...refusalsOfPeople, ...refusalsOfPlaces };

const unexpected: Explain = (problem, _, place) => ({
  title: titleOf(problem, place),
  why: problem.detail,
  mender: `Whoever runs ${place === null ? 'Gatehouse' : 'the sensor'} can find out more by the reference below.`,
  ask: null,
});

function titleOf({ status, title }: Problem, place: Place | null): string {
  if (status < 500) return title;
  return `The ${place === null ? 'server' : 'gate'} can’t answer at the moment`;
}

/**
 * Explains the refusal of a whole session. Codes that it doesn't know are explained by the problem
 * itself. `place`: the sensor, at its gate.
 */
export function refusalWords(
  problem: Problem,
  asker: Asker | null,
  place: Place | null = null,
): RefusalWords {
  const code = Object.hasOwn(explained, problem.code) ? problem.code : '';
  return (explained[code] ?? unexpected)(problem, asker, place);
}
