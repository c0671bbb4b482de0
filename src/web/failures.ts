import type { Problem } from '../contract/problem.ts';

/** An answer of the API that isn't a success. `code` is stable; `problem` is the whole document. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** The server couldn't be reached, or what answered wasn't Gatehouse. */
export class OfflineError extends Error {
  readonly code = 'offline';
  /** A change was sent: it may have been made, and its answer lost. */
  readonly mayBeDone: boolean;

  constructor(cause?: unknown, { mayBeDone = false } = {}) {
    super('Gatehouse can’t be reached.', { cause });
    this.name = 'OfflineError';
    this.mayBeDone = mayBeDone;
  }
}

/** A part of the page couldn't be loaded: an update of the server has taken it away, or the network. */
export class PartMissingError extends Error {
  readonly code = 'part_missing';

  constructor(cause?: unknown) {
    super('Part of this page couldn’t be loaded.', { cause });
    this.name = 'PartMissingError';
  }
}

/** The session is over and the person chose not to sign in again (yet): nothing was sent. */
export class SessionEndedError extends Error {
  readonly code = 'session_ended';

  constructor() {
    super('Your session has ended. Sign in again, then repeat what you were doing.');
    this.name = 'SessionEndedError';
  }
}
