/** Why an access token isn't accepted. Stable: problem documents, audit and tests compare them. */
export type TokenErrorCode =
  | 'expired'
  | 'not_yet_valid'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'wrong_tenant'
  | 'wrong_version'
  | 'wrong_client'
  | 'missing_scope'
  | 'is_id_token'
  | 'app_only'
  | 'bad_signature'
  | 'unsupported_algorithm'
  | 'unknown_key'
  | 'malformed'
  | 'oversized';

/** An access token that isn't accepted. `reason` is read by people and never quotes the token. */
export class TokenError extends Error {
  readonly code: TokenErrorCode;
  readonly reason: string;

  constructor(code: TokenErrorCode, reason: string, options?: ErrorOptions) {
    super(`${code}: ${reason}`, options);
    this.name = 'TokenError';
    this.code = code;
    this.reason = reason;
  }
}

/** The provider's signing keys can't be had: nobody's token can be judged, which is no fault of theirs (503). */
export class KeysUnavailable extends Error {
  readonly code = 'keys_unavailable';

  constructor(options?: ErrorOptions) {
    super('The signing keys of the provider can’t be fetched.', options);
    this.name = 'KeysUnavailable';
  }
}
