/**
 * Why a sign-in with a web-application provider ended without a session, as stable codes. Words for
 * them stand on the page; what the provider itself said travels as its AADSTS code only.
 */
export const webSignInFailures = [
  /** No attempt of this browser has this state: opened twice, in another browser, or never begun here. */
  'sign_in_unknown',
  /** The attempt is older than ten minutes. */
  'sign_in_expired',
  /** Neither a code nor an error came back, or both did. */
  'response_incomplete',
  /** The provider answered with an error: see the AADSTS code. */
  'provider_refused',
  /** The provider refused the secret or the certificate: see the AADSTS code. */
  'credential_refused',
  /** The id token isn't valid: signature, issuer, audience, nonce, time or a claim that has to be there. */
  'id_token_invalid',
  /** The person is of another tenant than the one that was pinned. */
  'wrong_tenant',
  /** The provider was retired or deleted meanwhile. */
  'provider_inactive',
  /** It doesn't answer, or too slowly. */
  'provider_unreachable',
  /** It answers something else than what the protocol says. */
  'provider_answer_invalid',
  /** The clocks of the portal and of the provider are more than five minutes apart. */
  'clock_off',
  /** The portal itself failed: its database, a secret that it can’t read, or something unforeseen. */
  'portal_unavailable',
  /** Too many answers from this address within a minute. */
  'too_many_requests',
] as const;

export type WebSignInFailure = (typeof webSignInFailures)[number];

/**
 * Milliseconds from the beginning of an attempt to its answer, and so of a verification too: long
 * enough to approve a sign-in on a phone, and to mend a wrong password.
 */
export const attemptLifetime = 600_000;

/**
 * What every sign-in asks for: the id token, a refresh token, and `User.Read`, for a token to Graph.
 * None needs an administrator's consent by itself, so that nobody is stopped by a question that they
 * can't answer. A token to Graph carries all that was consented to there, `groupReadScope` too.
 */
export const webSignInScopes = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'User.Read',
] as const;

/**
 * What it takes besides to read somebody's groups from Graph where the ID token can't carry them
 * (R11). An administrator consents to it, for everybody.
 */
export const groupReadScope = 'GroupMember.Read.All';
