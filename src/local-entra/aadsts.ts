import { clientRefusals } from './client-refusals.ts';
import type { Entry } from './client-refusals.ts';

const entries = {
  ...clientRefusals,
  16000: {
    authorize: 'interaction_required',
    text: 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  },
  28000: {
    authorize: 'invalid_request',
    text: 'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is not valid.',
  },
  50020: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    text: "User account '{name}' from identity provider '{provider}' does not exist in tenant '{tenant}' and cannot access the application '{clientId}'({application}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.",
  },
  50034: {
    authorize: 'interaction_required',
    text: 'The user account {name} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
  },
  50055: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    suberror: 'user_password_expired',
    text: "The password is expired. The user's password is expired, and therefore their login or session was ended.",
  },
  50057: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    text: 'The user account is disabled.',
  },
  50058: {
    authorize: 'login_required',
    text: 'Session information is not sufficient for single-sign-on. A silent sign-in request was sent but no user is signed in.',
  },
  50076: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    suberror: 'basic_action',
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.",
  },
  50089: {
    authorize: 'interaction_required',
    text: 'Authentication failed due to flow token expired. Sign in again from the application.',
  },
  50105: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    text: "Your administrator has configured the application {application} ('{clientId}') to block users unless they are specifically granted ('assigned') access to the application. The signed-in user '{name}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
  },
  50126: {
    authorize: 'interaction_required',
    text: 'Error validating credentials due to invalid username or password.',
  },
  50173: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    suberror: 'bad_token',
    text: "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{issued}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{validFrom}'.",
  },
  53003: {
    authorize: 'interaction_required',
    token: 'invalid_grant',
    suberror: 'message_only',
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  },
  54005: {
    authorize: 'invalid_grant',
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  65001: {
    authorize: 'consent_required',
    token: 'invalid_grant',
    suberror: 'consent_required',
    text: "The user or administrator has not consented to use the application with ID '{clientId}' named '{application}'. Send an interactive authorization request for this user and resource.",
  },
  65004: {
    authorize: 'access_denied',
    subcode: 'cancel',
    text: 'User declined to consent to access the app.',
  },
  70000: {
    authorize: 'invalid_grant',
    text: 'Provided grant is invalid or malformed.',
  },
  70003: {
    authorize: 'unsupported_grant_type',
    text: "The app requested an unsupported grant type '{grantType}'.",
  },
  70008: {
    authorize: 'invalid_grant',
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  },
  70011: {
    authorize: 'invalid_scope',
    text: "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  },
  70043: {
    authorize: 'login_required',
    token: 'invalid_grant',
    suberror: 'token_expired',
    text: 'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
  },
  90002: {
    authorize: 'invalid_request',
    text: "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  },
  90094: {
    authorize: 'access_denied',
    text: 'Administrator consent is required for the permissions requested by this application. An admin must grant the permissions before anyone can sign in with them.',
  },
  500011: {
    authorize: 'invalid_resource',
    text: 'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  500121: {
    authorize: 'access_denied',
    text: 'Authentication failed during strong authentication request.',
  },
  900144: {
    authorize: 'invalid_request',
    text: "The request body must contain the following parameter: '{parameter}'.",
  },
  900561: {
    authorize: 'invalid_request',
    text: 'The endpoint only accepts {accepted} requests. Received a {method} request.',
  },
  901002: {
    authorize: 'invalid_request',
    text: "The '{parameter}' request parameter is not supported or has a value that is not valid.",
  },
} satisfies Record<number, Entry>;

export type AadstsNumber = keyof typeof entries;

export type RefusalDetails = Record<string, string>;

/** A refusal by its AADSTS number, in the forms that the two endpoints give it. */
export class AadstsError extends Error {
  readonly code: `AADSTS${AadstsNumber}`;
  readonly number: AadstsNumber;
  readonly authorizeError: string;
  readonly tokenError: string;
  readonly suberror: string | undefined;
  readonly subcode: string | undefined;
  /** Claims that the client is to repeat its request with. */
  readonly claims: string | undefined;

  constructor(number: AadstsNumber, details: RefusalDetails = {}, claims?: string) {
    const entry: Entry = entries[number];
    super(fill(entry.text, details));
    this.name = 'AadstsError';
    this.code = `AADSTS${number}`;
    this.number = number;
    this.authorizeError = entry.authorize;
    this.tokenError = entry.token ?? entry.authorize;
    this.suberror = entry.suberror;
    this.subcode = entry.subcode;
    this.claims = claims;
  }
}

/** What Entra says of a code, with its braces unfilled; undefined for an unknown one. */
export function explainAadsts(code: string): string | undefined {
  const entry = Object.entries(entries).find(([number]) => number === code);
  return entry?.[1].text;
}

function fill(text: string, details: RefusalDetails): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => details[name] ?? `{${name}}`);
}
