/**
 * What Entra answers when it refuses, by AADSTS number. `authorize` is the OAuth error that goes to
 * the redirect URI, `token` the one of the token endpoint where it differs, `suberror` what tells
 * MSAL to ask the person. Braces are filled in from the details of the refusal.
 */
interface Entry {
  authorize: string;
  token?: string;
  suberror?: string;
  text: string;
}

const secretAdvice =
  'Ensure the secret being sent in the request is the client secret value, not the client secret ID, ' +
  "for a secret added to app '{clientId}'.";

const entries = {
  16000: {
    authorize: 'interaction_required',
    text: 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  },
  28000: {
    authorize: 'invalid_request',
    text: 'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is not valid.',
  },
  50011: {
    authorize: 'invalid_request',
    text: "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.",
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
  50194: {
    authorize: 'invalid_request',
    text: "Application '{clientId}'({application}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
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
  500112: {
    authorize: 'invalid_grant',
    text: "The reply address '{redirectUri}' does not match the reply address '{expected}' provided when requesting Authorization code.",
  },
  500121: {
    authorize: 'access_denied',
    text: 'Authentication failed during strong authentication request.',
  },
  501481: {
    authorize: 'invalid_grant',
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  650053: {
    authorize: 'invalid_client',
    text: "The application '{application}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app vendor.",
  },
  650057: {
    authorize: 'invalid_resource',
    text: "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: {clientId}({application}). Resource value from request: {resource}.",
  },
  700016: {
    authorize: 'unauthorized_client',
    text: "Application with identifier '{clientId}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  700025: {
    authorize: 'invalid_client',
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700054: {
    authorize: 'unsupported_response_type',
    text: "response_type '{responseType}' is not enabled for the application.",
  },
  700084: {
    authorize: 'invalid_grant',
    text: 'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on {issued}.',
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
  7000112: {
    authorize: 'unauthorized_client',
    text: "Application '{clientId}'({application}) is disabled.",
  },
  7000215: {
    authorize: 'invalid_client',
    text: `Invalid client secret provided. ${secretAdvice}`,
  },
  7000218: {
    authorize: 'invalid_client',
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000222: {
    authorize: 'invalid_client',
    text: "The provided client secret keys for app '{clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
  },
  9002325: {
    authorize: 'invalid_request',
    text: 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
  },
  9002326: {
    authorize: 'invalid_request',
    text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'.",
  },
  9002327: {
    authorize: 'invalid_request',
    text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
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
