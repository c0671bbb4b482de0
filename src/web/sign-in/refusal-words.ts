import type { Problem } from '../../contract/problem.ts';
import { requiredProfile } from '../../domain/profile.ts';

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

type Explain = (problem: Problem, asker: Asker | null) => RefusalWords;

const refusals: Readonly<Record<string, Explain>> = {
  no_role: (problem, asker) => ({
    title: 'None of your groups gives you a role here',
    why: 'You are signed in, but none of the groups that you are in is mapped to a role, in portal access or at a site. There is no default role.',
    mender: 'Whoever administers these groups in Entra ID can add you to one of them.',
    ask: [`Please add ${named(asker)} to one of the groups that give a role in Gatehouse:`]
      .concat(groupLines(problem))
      .join('\n'),
  }),
  profile_incomplete: (problem, asker) => {
    const missing = missingOf(problem).join(', ') || Object.values(requiredProfile).join(', ');
    return {
      title: 'Your profile in Entra ID is incomplete',
      why: `Gatehouse needs the First name, Last name and User principal name of everybody who signs in. Missing: ${missing}.`,
      mender: 'An administrator of Entra ID can fill it in. After that, sign in again.',
      ask: `Please fill in the following in the Entra ID profile of ${named(asker)}: ${missing}.`,
    };
  },
  groups_incomplete: (_, asker) => ({
    title: 'Your group list could not be completed',
    why: 'You are in more groups than Entra ID puts into a sign-in, so Gatehouse has to ask Microsoft Graph for them. Until that has worked nobody knows your role, and it isn’t guessed.',
    mender:
      'You can allow it yourself below. If only an administrator may, an administrator of Entra ID can grant it for everybody.',
    ask: `Please grant admin consent for the delegated Microsoft Graph permissions User.Read and GroupMember.Read.All to the application of Gatehouse, so that ${named(asker)} can sign in.`,
  }),
  forbidden: (problem) => ({
    title: 'Your role doesn’t allow this',
    why: problem.detail,
    mender: 'An administrator of Gatehouse, or of the site concerned, can give you a higher role.',
    ask: null,
  }),
  keys_unavailable: () => ({
    title: 'Sign-ins can’t be checked at the moment',
    why: 'The server can’t fetch the signing keys of Microsoft Entra ID, so it can’t tell whether a sign-in is genuine. It isn’t your account.',
    mender:
      'Whoever runs Gatehouse can check that the server reaches Entra ID over HTTPS. Trying again in a minute may be enough.',
    ask: 'Gatehouse can’t fetch the signing keys of Microsoft Entra ID (keys_unavailable). Please check the server’s outbound HTTPS connection to the sign-in address.',
  }),
  offline: () => ({
    title: 'Gatehouse can’t be reached',
    why: 'The server didn’t answer, or something else answered in its place.',
    mender:
      'Check your connection. If it is all right, whoever runs Gatehouse has to look at the server.',
    ask: null,
  }),
};

const unexpected: Explain = (problem) => ({
  title: problem.status >= 500 ? 'The server can’t answer at the moment' : problem.title,
  why: problem.detail,
  mender: 'Whoever runs Gatehouse can find out more by the reference below.',
  ask: null,
});

/** Explains the refusal of a whole session. Codes that it doesn't know are explained by the problem itself. */
export function refusalWords(problem: Problem, asker: Asker | null): RefusalWords {
  return (refusals[problem.code] ?? unexpected)(problem, asker);
}

function named(asker: Asker | null): string {
  return asker === null ? 'me' : `${asker.name} (${asker.userPrincipalName})`;
}

interface Asked {
  readonly name: string;
  readonly request: readonly {
    readonly label: string;
    readonly groups: readonly { readonly id: string; readonly displayName: string | null }[];
  }[];
}

/** One line for each role of each setting that the server was asked about. */
function groupLines(problem: Problem): string[] {
  const asked = problem.details?.['asked'];
  if (!Array.isArray(asked)) return [];
  return (asked as Asked[]).flatMap(({ name, request }) =>
    request.map(({ label, groups }) => {
      const list = groups.map((group) => group.displayName ?? group.id).join(', ');
      return `- ${name}, ${label}: ${list}`;
    }),
  );
}

function missingOf(problem: Problem): string[] {
  const missing = problem.details?.['missing'];
  return Array.isArray(missing) ? (missing as { label: string }[]).map(({ label }) => label) : [];
}
