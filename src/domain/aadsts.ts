import { explain, type AadstsExplanation } from './aadsts-explanation.ts';
import { aadstsOfCredentials } from './aadsts-of-credentials.ts';

const you = 'you';
const entra = 'entraAdministrator';
const portal = 'portalAdministrator';

const mfaNeeded = explain(
  you,
  'Multi-factor authentication is needed and wasn’t asked for.',
  'Sign in again and approve the prompt.',
);
const mfaRegistration = explain(
  you,
  'Your account has no second factor yet, and one is required.',
  'Register a method, such as Microsoft Authenticator, at aka.ms/mfasetup, then sign in again.',
);
const notInTenant = explain(
  you,
  'The account that you used doesn’t belong to this organization.',
  'Use another account. If this is the right one, ask an administrator of Entra ID to invite it as a guest.',
);
const apiMissing = explain(
  entra,
  'The application has no permission for the API of Gatehouse, or the API isn’t in the tenant.',
  'Add the API permission access_as_user to the application, grant admin consent, and make sure that the API has a service principal in the tenant.',
);
const device = explain(
  you,
  'Your organization lets only managed devices in, and this one isn’t.',
  'Enrol or join this device, or use one that is. An administrator of Entra ID can say which devices count.',
);
const revoked = explain(
  you,
  'Your session was revoked, for instance because the password was changed.',
  'Sign in again.',
);

/**
 * Error numbers of Entra ID, explained. They are only ever explained, never depended on: Microsoft
 * says that they may change.
 */
export const aadstsExplanations: Readonly<Record<number, AadstsExplanation>> = {
  ...aadstsOfCredentials,
  50011: explain(
    entra,
    'The address of Gatehouse isn’t registered with the application.',
    'Add exactly this redirect URI to the app registration, under Authentication: platform Single-page application, or Web for a provider with a client secret.',
    'redirectUris',
  ),
  9002326: explain(
    entra,
    'The redirect URI is registered for the platform Web.',
    'Move it to the platform Single-page application, under Authentication.',
    'redirectUris',
  ),
  9002327: explain(
    entra,
    'A server tried to redeem a code that only a browser may redeem.',
    'For a provider that signs in through the server, register the redirect URI under the platform Web.',
    'redirectUris',
  ),
  700016: explain(
    portal,
    'The tenant doesn’t know an application with this client ID.',
    'Compare the client ID and the tenant ID with the app registration’s Overview.',
  ),
  90002: explain(
    portal,
    'There is no such tenant.',
    'Check the tenant ID, and that Gatehouse uses the right cloud (public, US government or China).',
  ),
  50194: explain(
    portal,
    'The application is for one organization, but the sign-in wasn’t sent to that organization.',
    'Enter the tenant ID rather than “common”, or make the application multitenant.',
  ),
  7000112: explain(
    entra,
    'The application is disabled in your organization.',
    'Enable it: Enterprise applications, Properties, “Enabled for users to sign-in”.',
  ),
  500113: explain(
    entra,
    'The application has no redirect URI at all.',
    'Add the redirect URI to the app registration, under Authentication.',
    'redirectUris',
  ),
  70008: explain(
    you,
    'The sign-in took too long, and its code has expired.',
    'Start the sign-in again.',
  ),
  50020: notInTenant,
  90072: notInTenant,
  16000: notInTenant,
  50034: explain(
    you,
    'There is no account with this name.',
    'Check how the name is written. It usually looks like an e-mail address.',
  ),
  50105: explain(
    entra,
    'Your account isn’t assigned to the application.',
    'Assign the person or one of their groups: Enterprise applications, Users and groups. Nested groups don’t count there.',
  ),
  65001: explain(
    entra,
    'Nobody has agreed yet that Gatehouse may read what it needs.',
    'Grant consent for everybody: by the admin-consent link, or in the app registration under API permissions, “Grant admin consent”.',
    'adminConsent',
  ),
  90094: explain(
    entra,
    'Only an administrator may agree to what Gatehouse needs.',
    'Grant consent for everybody: by the admin-consent link, or in the app registration under API permissions, “Grant admin consent”.',
    'adminConsent',
  ),
  65004: explain(
    you,
    'You declined what Gatehouse asked to read.',
    'Sign in again and accept, if you want to go on.',
  ),
  650057: apiMissing,
  500011: apiMissing,
  70011: explain(
    portal,
    'Gatehouse asked for a scope that doesn’t exist.',
    'Check the API client ID, and that this API exposes the scope access_as_user.',
  ),
  50076: mfaNeeded,
  50074: mfaNeeded,
  50079: mfaRegistration,
  50072: mfaRegistration,
  500121: explain(
    you,
    'The prompt on your phone was declined, or nobody answered it in time.',
    'Sign in again and approve the prompt. If you didn’t start this sign-in, tell your administrator.',
  ),
  53000: device,
  53001: device,
  53003: explain(
    entra,
    'A Conditional Access policy blocks this sign-in.',
    'Look the sign-in up in the Entra sign-in log by its correlation ID: the tab Conditional Access names the policy.',
  ),
  50058: explain(
    you,
    'There is no session that could be continued without asking you.',
    'Sign in again.',
  ),
  50126: explain(you, 'The name or the password is wrong.', 'Try again, or reset your password.'),
  50053: explain(
    entra,
    'The account is locked after too many attempts, or the sign-in came from an address that counts as risky.',
    'Wait and try again, or ask for the account to be unblocked.',
  ),
  50055: explain(you, 'Your password has expired.', 'Set a new password, then sign in again.'),
  50057: explain(
    entra,
    'Your account is disabled.',
    'Enable the account in Entra ID, under Users.',
  ),
  50133: revoked,
  50173: revoked,
  700084: explain(
    you,
    'A sign-in in a browser lasts 24 hours, and these are over.',
    'Sign in again.',
  ),
  70043: explain(
    you,
    'Your organization asks for a new sign-in after a certain time.',
    'Sign in again.',
  ),
  54005: explain(
    you,
    'This sign-in had been completed already, for instance by reloading the page.',
    'Sign in again.',
  ),
  50196: explain(
    portal,
    'The page asked for a sign-in again and again.',
    'Report it with the correlation ID: this is a defect, not something that you did.',
  ),
};

const unknown = explain(
  entra,
  'Entra ID refused the sign-in with a code that Gatehouse has no explanation for.',
  'Look the sign-in up in the Entra sign-in log by its correlation ID, or search for the code at login.microsoftonline.com/error.',
);

export interface ExplainedAadsts extends AadstsExplanation {
  readonly number: number;
  /** False: only the generic explanation is known. */
  readonly known: boolean;
}

/**
 * Explains an error of Entra ID: its number, or a text that names it, such as
 * `AADSTS50105: The signed in user …`. Null where there is no number in it.
 */
export function explainAadsts(error: string | number): ExplainedAadsts | null {
  const number = typeof error === 'number' ? error : numberIn(error);
  if (number === null) return null;
  const explanation = aadstsExplanations[number];
  return { number, known: explanation !== undefined, ...(explanation ?? unknown) };
}

function numberIn(text: string): number | null {
  const digits = /AADSTS\s*(\d{4,9})/iu.exec(text)?.[1] ?? /^\s*(\d{4,9})\s*$/u.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
