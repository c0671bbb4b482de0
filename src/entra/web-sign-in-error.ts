import type { WebSignInFailure } from '../domain/web-sign-in.ts';

export interface ProviderSaid {
  /** Null where it said none. */
  readonly aadsts: number | null;
  readonly correlationId: string | null;
  readonly traceId: string | null;
  /** `error` of the answer, such as `access_denied`. */
  readonly error: string | null;
}

export const nothingSaid: ProviderSaid = {
  aadsts: null,
  correlationId: null,
  traceId: null,
  error: null,
};

/** A sign-in by a web application failed. `message` is for the log: it holds no token and no secret. */
export class WebSignInError extends Error {
  readonly code: WebSignInFailure;
  readonly said: ProviderSaid;
  /** Entra vouches for the person no more: their session ends. */
  readonly ended: boolean;
  /** What the browser brought was wrong. Anybody can write that: it says nothing of the provider. */
  readonly byBrowser: boolean;

  constructor(
    code: WebSignInFailure,
    message: string,
    {
      said = nothingSaid,
      ended = false,
      byBrowser = false,
      ...options
    }: ErrorOptions & {
      readonly said?: ProviderSaid;
      readonly ended?: boolean;
      readonly byBrowser?: boolean;
    } = {},
  ) {
    super(message, options);
    this.name = 'WebSignInError';
    this.code = code;
    this.said = said;
    this.ended = ended;
    this.byBrowser = byBrowser;
  }
}
