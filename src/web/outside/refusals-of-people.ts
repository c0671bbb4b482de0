import type { Problem } from '../../contract/problem.ts';
import { requiredProfile } from '../../domain/profile.ts';
import { administratorsIn, afterwards, named, placed, type Explain } from './explained-refusal.ts';

/** Refusals that are about the person: their groups, their profile, their role, their session. */
export const refusalsOfPeople = {
  no_role: (problem, asker, place) => ({
    title: 'None of your groups gives you a role here',
    why:
      place === null
        ? 'You are signed in, but none of the groups that you are in is mapped to a role, in portal access or at a site. There is no default role.'
        : `You are signed in, but none of the groups that you are in is mapped to a role at ${place.name}${settingOf(problem)}. There is no default role, and a role in the portal opens no console.`,
    mender: `Whoever administers these groups in Entra ID can add you to one of them.${place === null ? ' Or an administrator of Gatehouse can invite you as a user, under Settings › Users.' : ''}`,
    ask: [
      `Please add ${named(asker)} to one of the groups that give a role ${place === null ? 'in Gatehouse' : `at ${placed(place)}`}:`,
    ]
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
  session_revoked: (_, asker, place) => ({
    title: 'Your session was ended by an administrator',
    why: `Everything that was signed in for you${place === null ? '' : ` at ${place.name}`} until then has been closed. If nobody told you why, ask before you sign in again.`,
    mender:
      'Whoever administers Gatehouse sees in the portal, under Sessions and Audit, who ended it and why.',
    ask: `A session of ${named(asker)}${place === null ? '' : ` at ${placed(place)}`} was ended by an administrator. Please tell me why, and whether I may sign in again.`,
  }),
  invitation_unknown: () => ({
    title: 'This invitation isn’t known',
    why: 'A newer link has taken its place, the invitation was withdrawn, or the link isn’t complete: some mail programs cut it off.',
    mender: 'Whoever invited you can make another link, in Gatehouse under Settings › Users.',
    ask: 'The link of my invitation to Gatehouse isn’t known there (any more). Please send me another one: Settings › Users, “Resend invitation”.',
  }),
  user_disabled: (problem, asker) => ({
    title: 'Your account in Gatehouse was disabled',
    why: 'An administrator of Gatehouse disabled you as a user. That counts whatever your groups give, until you are enabled again. Your account at Microsoft isn’t touched by it.',
    mender: `An administrator of Gatehouse can enable you again, in the portal under Settings › Users.${administratorsIn(problem)}`,
    ask: `My user in Gatehouse was disabled${afterwards(asker)}. Please tell me why, or enable it again under Settings › Users.`,
  }),
  address_taken: (problem, asker) => ({
    title: 'Your e-mail address belongs to another account here',
    why: 'A user of Gatehouse with this address is linked to another Microsoft account. An address can be given to somebody else, so it opens nothing by itself: the Microsoft account alone counts, and yours isn’t linked. If that user is you, your account at Microsoft was made anew.',
    mender: `An administrator of Gatehouse can invite you, under Settings › Users, once that user has another address or is deleted.${administratorsIn(problem)} Or sign in with the Microsoft account that was linked.`,
    ask: `Gatehouse says that my e-mail address belongs to another account there${afterwards(asker)}. If the user with this address under Settings › Users isn’t needed any more, please delete it, and invite me.`,
  }),
  invitation_expired: (problem, asker) => ({
    title: 'Your invitation has expired',
    why: 'You were invited to Gatehouse, but the invitation is over: it is good for 7 days, and it can be revoked. None of your groups gives you a role either.',
    mender: `An administrator of Gatehouse can send you another invitation, in the portal under Settings › Users.${administratorsIn(problem)}`,
    ask: `My invitation to Gatehouse has expired${afterwards(asker)}. Please send me another one: Settings › Users, “Resend invitation”.`,
  }),
  console_refused: (problem, asker, place) => {
    const request = requestOf(problem);
    const what = request === null ? 'this' : `“${request}”`;
    return {
      title: 'Your role doesn’t allow this in the console',
      why: `The gate before the console${place === null ? '' : ` of ${place.name}`} goes by rules for each role. They don’t let yours do ${what}. You are still signed in.`,
      mender:
        'Whoever administers the SSO setting of this sensor can change its console rules, or add you to a group with a higher role.',
      ask: `Please let ${named(asker)} do ${what} in the console of ${placed(place)}: by its console rules, or by a group with a higher role.`,
    };
  },
} as const satisfies Record<string, Explain>;

interface Asked {
  readonly name: string;
  readonly request: readonly {
    readonly label: string;
    readonly groups: readonly { readonly id: string; readonly displayName: string | null }[];
  }[];
}

function askedOf(problem: Problem): readonly Asked[] {
  const asked = problem.details?.['asked'];
  return Array.isArray(asked) ? (asked as Asked[]) : [];
}

/** A gate asks one setting only, and names it. */
function settingOf(problem: Problem): string {
  const [setting] = askedOf(problem);
  return setting === undefined ? '' : `, by the SSO setting “${setting.name}”`;
}

/** One line for each role of each setting that the server was asked about. */
function groupLines(problem: Problem): string[] {
  return askedOf(problem).flatMap(({ name, request }) =>
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

function requestOf(problem: Problem): string | null {
  const request = problem.details?.['request'];
  return typeof request === 'string' ? request : null;
}
