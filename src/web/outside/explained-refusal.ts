import type { Problem } from '../../contract/problem.ts';

/** A refusal in words: what happened, why, who can mend it, and the exact thing to ask for. */
export interface RefusalWords {
  readonly title: string;
  readonly why: string;
  readonly mender: string;
  /** To be sent as it is; null where there is nothing to ask anybody for. */
  readonly ask: string | null;
}

export interface Asker {
  readonly name: string;
  readonly userPrincipalName: string;
}

/** The sensor whose gate refuses. */
export interface Place {
  readonly name: string;
  readonly siteName: string;
  readonly zoneName: string;
}

/** Explains a refusal; `place` is null at the portal, and at a gate that doesn't know its sensor yet. */
export type Explain = (problem: Problem, asker: Asker | null, place: Place | null) => RefusalWords;

/** The person, in a text that they send. */
export function named(asker: Asker | null): string {
  return asker === null ? 'me' : `${asker.name} (${asker.userPrincipalName})`;
}

/** The person after a statement: `: Ada (ada@…)`, or nothing where it isn’t known. */
export function afterwards(asker: Asker | null): string {
  return asker === null ? '' : `: ${named(asker)}`;
}

/** Who is told of in the problem: `you` of its details. */
export function askerIn({ details }: Problem): Asker | null {
  const you = details?.['you'];
  if (typeof you !== 'object' || you === null || !('name' in you)) return null;
  const upn = 'userPrincipalName' in you ? you.userPrincipalName : null;
  return typeof you.name === 'string' && typeof upn === 'string'
    ? { name: you.name, userPrincipalName: upn }
    : null;
}

/** Whom to ask, by the names of people and groups: ` They are: …`; nothing where the problem names none. */
export function administratorsIn({ details }: Problem): string {
  const people = namesIn(details?.['adminUsers'], 'name');
  const groups = namesIn(details?.['administrators'], 'displayName');
  const told = [...people, ...groups.map((name) => `the group ${name}`)];
  return told.length === 0 ? '' : ` They are: ${told.join(', ')}.`;
}

function namesIn(list: unknown, field: string): string[] {
  if (!Array.isArray(list)) return [];
  return (list as Record<string, unknown>[]).flatMap((one) => {
    const name = one[field];
    return typeof name === 'string' ? [name] : [];
  });
}

/** The sensor, in a text that they send. */
export function placed(place: Place | null): string {
  return place === null
    ? 'this sensor'
    : `the sensor ${place.name} (${place.siteName}, ${place.zoneName})`;
}
