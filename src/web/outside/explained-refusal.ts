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

/** The sensor, in a text that they send. */
export function placed(place: Place | null): string {
  return place === null
    ? 'this sensor'
    : `the sensor ${place.name} (${place.siteName}, ${place.zoneName})`;
}
