import type { SignInFailure } from './sign-in-failure.ts';

/** The browser didn't let the window open. */
export class WindowBlockedError extends Error {
  constructor() {
    super('The browser blocked the window.');
    this.name = 'WindowBlockedError';
  }
}

/** The sign-in in the window failed. */
export class WindowFailedError extends Error {
  readonly failure: SignInFailure;

  constructor(failure: SignInFailure) {
    super(`The sign-in in the window failed: ${failure.code}`);
    this.name = 'WindowFailedError';
    this.failure = failure;
  }
}
