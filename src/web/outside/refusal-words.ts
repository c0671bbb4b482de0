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

/** A token that isn't good here: the setting may have got another application a moment ago. */
const badToken: Explain = (problem, _, place) => ({
  title: 'This sign-in doesn’t count here',
  why: problem.detail,
  mender: `Try again: ${place === null ? 'Gatehouse' : 'the setting of this sensor'} may have been changed while you signed in. If it stays so, whoever administers Gatehouse can compare the application of the setting with its registration in Entra ID.`,
  ask: `Signing in to ${place === null ? 'Gatehouse' : place.name} fails with ${problem.code}: ${problem.detail} Please compare the tenant and the application there with the app registration in Entra ID.`,
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
  const otherwise = problem.code.startsWith('token_') ? badToken : unexpected;
  const explain = isExplained(problem.code) ? explained[problem.code] : otherwise;
  return (explain ?? otherwise)(problem, asker, place);
}

/** Has this refusal words of its own? */
export function isExplained(code: string): boolean {
  return Object.hasOwn(explained, code);
}
