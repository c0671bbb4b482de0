/**
 * What Entra answers when it refuses, by AADSTS number. `authorize` is the OAuth error that goes to
 * the redirect URI, `token` the one of the token endpoint where it differs, `suberror` what tells
 * MSAL to ask the person. Braces are filled in from the details of the refusal.
 */
export interface Entry {
  authorize: string;
  token?: string;
  suberror?: string;
  /** `error_subcode` of the redirect URI. */
  subcode?: string;
  text: string;
}

const secretAdvice =
  'Ensure the secret being sent in the request is the client secret value, not the client secret ID, ' +
  "for a secret added to app '{clientId}'.";

const assertionAdvice =
  'Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .';

/** Refusals of a client: of its registration, its credentials, and the way it asks. */
export const clientRefusals = {
  50011: {
    authorize: 'invalid_request',
    text: "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.",
  },
  50027: {
    authorize: 'invalid_client',
    text: 'JWT token is invalid or malformed.',
  },
  50194: {
    authorize: 'invalid_request',
    text: "Application '{clientId}'({application}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  },
  500112: {
    authorize: 'invalid_grant',
    text: "The reply address '{redirectUri}' does not match the reply address '{expected}' provided when requesting Authorization code.",
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
  700005: {
    authorize: 'invalid_grant',
    text: 'Provided Authorization Code is intended to use against other tenant, thus rejected.',
  },
  700021: {
    authorize: 'invalid_client',
    text: `Client assertion application identifier doesn't match 'client_id' parameter. ${assertionAdvice}`,
  },
  700023: {
    authorize: 'invalid_client',
    text: `Client assertion audience claim does not match Realm issuer. ${assertionAdvice}`,
  },
  700024: {
    authorize: 'invalid_client',
    text: `Client assertion is not within its valid time range. Current time: {current}, assertion valid from {from}, expiry time of assertion {until}. ${assertionAdvice}`,
  },
  700025: {
    authorize: 'invalid_client',
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700027: {
    authorize: 'invalid_client',
    text: "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}, Thumbprint of key used by client: '{thumbprint}', Application '{clientId}'].",
  },
  700054: {
    authorize: 'unsupported_response_type',
    text: "response_type '{responseType}' is not enabled for the application.",
  },
  700084: {
    authorize: 'invalid_grant',
    text: 'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on {issued}.',
  },
  1000502: {
    authorize: 'invalid_client',
    text: 'The provided certificate is not within its specified validity window.',
  },
  5002723: {
    authorize: 'invalid_client',
    text: 'Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.',
  },
  5002738: {
    authorize: 'invalid_client',
    text: "Invalid JWT token. '{algorithm}' is not a supported signature algorithm. Supported signing algorithms are: 'RS256, PS256'.",
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
