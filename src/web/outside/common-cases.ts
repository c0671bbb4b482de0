import type { PageConfiguration } from '../../contract/configuration.ts';

type Surface = PageConfiguration['surface'];

interface Case {
  /** Absent: on both surfaces. */
  readonly at?: Surface;
  readonly question: string;
  readonly answer: readonly string[];
}

/** The cases that operators of such systems meet most, and what to do. */
const cases: readonly Case[] = [
  {
    question: 'Is your account part of the organization’s tenant?',
    answer: [
      'The account that you pick at Microsoft must belong to the tenant that Gatehouse uses, or be invited there as a guest. A personal account, or one of another company, doesn’t count.',
      'Select “Use another account” on the sign-in page. If no account of yours is in the tenant, ask an administrator of Entra ID to invite you.',
    ],
  },
  {
    at: 'portal',
    question: 'Is the app registration multitenant, where it has to be?',
    answer: [
      'Only for administrators. People of another tenant can sign in only by an app registration whose supported account types are Multitenant. Otherwise Microsoft says that the account doesn’t exist in the tenant (AADSTS50020), or the sign-in reads as cancelled by the user.',
      'In the Microsoft Entra admin center: App registrations › the application › Authentication › Supported account types. In Gatehouse the pinned tenant alone gets in all the same.',
    ],
  },
  {
    question: 'Are you part of the organization?',
    answer: [
      'Belonging to the tenant isn’t enough for a role. It comes from your groups in Entra ID, or from an administrator of Gatehouse who invited you as a user. My access says what you have, and why.',
    ],
  },
  {
    at: 'portal',
    question: 'Does your e-mail address differ from the one you were invited with?',
    answer: [
      'An invitation counts for the address that it was sent to. At the first sign-in your Microsoft account must have the same one: in Entra ID it is Email, or else the user principal name. Where it differs, ask for an invitation to the address that you have.',
      'After the first sign-in the address doesn’t matter any more: your Microsoft account itself is linked, so a new address breaks nothing.',
    ],
  },
  {
    at: 'portal',
    question: '“Your e-mail address belongs to another account here”',
    answer: [
      'Somebody had this address before you and is linked to another Microsoft account. An administrator of Gatehouse can delete that user and invite you.',
    ],
  },
  {
    at: 'portal',
    question: 'The invitation has expired, was used or was revoked',
    answer: [
      'It is good for 7 days and until the first sign-in; another invitation replaces it. Ask whoever invited you to resend it, under Settings › Users. Whoever has signed in by it needs it no more: SSO Sign-in is enough.',
    ],
  },
  {
    question: 'Are you assigned to the application?',
    answer: [
      'The administrator of Entra ID can let in assigned people only (AADSTS50105). Ask them to assign you, or a group that you are a direct member of. Groups inside groups don’t count for the assignment.',
    ],
  },
  {
    question: 'Is your user account enabled, and is your password still good?',
    answer: [
      'A disabled account (AADSTS50057) must be enabled by an administrator of Entra ID. An expired password (AADSTS50055) you can set anew yourself.',
    ],
  },
  {
    at: 'portal',
    question: '“Your account in Gatehouse was disabled”',
    answer: [
      'Then it isn’t Microsoft: an administrator of Gatehouse disabled you as a user here, and can enable you again under Settings › Users.',
    ],
  },
  {
    at: 'portal',
    question: 'It fails for everybody at once',
    answer: [
      'Often the client secret of the provider has expired (AADSTS7000222) or isn’t right (AADSTS7000215). Nobody’s account is to blame: an administrator of Gatehouse enters another secret under Settings › Single Sign-On, verifies it and promotes it. Use another way on the sign-in page until then, or a recovery link.',
    ],
  },
  {
    question: 'You are signed in, but “None of your groups gives a role here”',
    answer: [
      'Gatehouse takes your role from your groups in Entra ID, at each site. There is no default role. The refusal names the groups that would give one: send it to the person who administers them.',
      'If you were added to a group a moment ago, sign out and sign in again: Entra ID puts the new group into your next sign-in.',
    ],
  },
  {
    question: '“Your profile in Entra ID is incomplete”',
    answer: [
      'First name, Last name and User principal name must all be there. Ask an administrator of Entra ID to fill in what the message names; then sign in again.',
    ],
  },
  {
    question: '“Your group list could not be completed”',
    answer: [
      'You are in more groups than Entra ID puts into a sign-in (200). Gatehouse then asks Microsoft Graph for them, and for that it needs your permission, or an administrator’s, to read group memberships.',
    ],
  },
  {
    question: 'The message says that the sign-in was cancelled',
    answer: [
      'Either the window was closed, the permission request was declined (AADSTS65004), or the prompt on the phone wasn’t approved (AADSTS500121). Start again, accept and approve.',
      'For a provider that is meant for several organizations it can also mean that its app registration allows one organization only: an administrator of Gatehouse has to check that.',
    ],
  },
  {
    at: 'sensor',
    question: '“Your role doesn’t allow this in the console”',
    answer: [
      'Consoles that know no roles are guarded by rules: which methods and paths each role may use. Overview says what yours may do here. Admin is never limited.',
      'Whoever administers the SSO setting of this sensor can change its console rules, or add you to a group with a higher role.',
    ],
  },
  {
    at: 'sensor',
    question: 'Your role differs from the one at another sensor, or in the portal',
    answer: [
      'Each site, zone or sensor can have a setting of its own, and the most specific one counts whole. A role in the portal opens no console.',
    ],
  },
  {
    at: 'sensor',
    question: 'The session ended by itself',
    answer: [
      'It ends after some time without use, and after a longest duration in any case. Both are set in the portal; Overview shows them. It also ends at once when your role here is taken away, or an administrator ends it.',
    ],
  },
  {
    at: 'sensor',
    question: 'The portal can’t be reached',
    answer: [
      'Nothing is lost by it: the gate goes on by the last settings that the portal signed, until the time that the page shows. What happens meanwhile is recorded and arrives at the portal later.',
    ],
  },
  {
    at: 'sensor',
    question: 'The clock of this sensor is wrong',
    answer: [
      'A sign-in is good for a certain time only, so with a clock that is off by more than 5 minutes sign-ins fail. Whoever runs the sensor can set it, best by a time server (NTP).',
    ],
  },
  {
    at: 'portal',
    question: 'It asks you to sign in again and again, or in each new tab',
    answer: [
      'Gatehouse continues a session in a new tab by asking Microsoft in the background. A browser that blocks third-party cookies prevents that: allow them for the address of Microsoft’s sign-in, or select SSO Sign-in, which then usually needs no typing.',
      'A sign-in in a browser lasts 24 hours at most. After that everybody signs in anew.',
    ],
  },
  {
    question: 'The wrong account is picked every time',
    answer: [
      'Sign out first, or try a private window: there no other account and no old cookie gets in the way. “Use another account” on the sign-in page always asks which one to take.',
    ],
  },
  {
    at: 'portal',
    question: 'The answer of Microsoft came back, but this browser doesn’t know of a sign-in',
    answer: [
      'A sign-in belongs to the browser and the window in which it was begun, for ten minutes and once. Start again from the sign-in page rather than from a bookmark or the history, and allow cookies for this site.',
    ],
  },
  {
    at: 'portal',
    question: 'It asks to confirm who you are before a change',
    answer: [
      'Your organization wants a stronger sign-in for changes (step-up). A window of Microsoft opens for it; what you have typed stays. If it fails (AADSTS53003), an administrator of Entra ID has to look at the Conditional Access policy of that authentication context.',
    ],
  },
  {
    question: 'Gatehouse or Microsoft can’t be reached',
    answer: [
      'The network must allow HTTPS (port 443) to login.microsoftonline.com and graph.microsoft.com, or to their counterparts in another cloud.',
    ],
  },
  {
    at: 'sensor',
    question: 'Nobody can sign in any more',
    answer: [
      'Whoever runs the sensor can print a recovery link in its shell with: gatehouse gate recover. It is good once and for 15 minutes, and opens the console as Admin for 30 minutes. It is recorded, and arrives at the portal.',
    ],
  },
  {
    at: 'portal',
    question: 'Nobody can sign in any more',
    answer: [
      'Whoever runs the server can print a recovery link there with: gatehouse recover (from its folder: node dist/cli.js recover). It opens an administrator’s session for 30 minutes, in which sign-in and access can be mended. It is recorded in the audit log.',
    ],
  },
];

const contact: Case = {
  question: 'Nothing of this helps',
  answer: [
    'Copy the details that stand under the message (code, reference, correlation ID, trace ID, time) and send them to whoever administers Gatehouse. With the correlation ID an administrator of Entra ID finds the very sign-in in the Entra sign-in log, and its reason.',
  ],
};

/** Those that people meet on this surface; what is always left comes last. */
export function commonCases(surface: Surface): readonly Case[] {
  return [...cases.filter(({ at }) => at === undefined || at === surface), contact];
}

/** Those that speak of what is searched for; all of them where none does. */
export function matchingCases(all: readonly Case[], search: string): readonly Case[] {
  const wanted = search.trim().toLowerCase();
  const found = all.filter(({ question, answer }) =>
    [question, ...answer].some((text) => text.toLowerCase().includes(wanted)),
  );
  return found.length === 0 ? all : found;
}
