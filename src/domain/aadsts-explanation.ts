/** Who can mend a sign-in that failed. */
export type Mender = 'you' | 'entraAdministrator' | 'portalAdministrator';

export interface AadstsExplanation {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What to do about it, said to whoever can. */
  readonly fix: string;
  readonly mender: Mender;
  /** What whoever mends it needs besides: the addresses to register, or the link to agree for everybody. */
  readonly needs?: Needed;
}

type Needed = 'redirectUris' | 'adminConsent';

/** Whoever mends it, what happened, and what to do about it. */
export function explain(
  mender: Mender,
  meaning: string,
  fix: string,
  needs?: Needed,
): AadstsExplanation {
  return { meaning, fix, mender, ...(needs === undefined ? {} : { needs }) };
}

/** Who can mend it, as the end of "This can be mended by …". */
export const menderLabels: Readonly<Record<Mender, string>> = {
  you: 'you',
  entraAdministrator: 'an administrator of Entra ID',
  portalAdministrator: 'an administrator of Gatehouse',
};
