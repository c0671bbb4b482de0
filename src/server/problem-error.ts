import type { FieldError } from '../contract/problem.ts';

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer that isn't a success: becomes an RFC 9457 problem document with a stable `code`. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` is read by people: what happened, and what to do. It must hold no secret (R20). */
  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.errors = options.errors;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }
}

/** 404, also for what the asker may not see: its existence is not theirs to know. */
export function notFound(what: string): ProblemError {
  return new ProblemError(404, 'not_found', `There is no such ${what}, or you have no role there.`);
}

/** 403 for somebody who is signed in but may not do this. */
export function forbidden(detail: string, details?: Record<string, unknown>): ProblemError {
  return new ProblemError(403, 'forbidden', detail, details === undefined ? {} : { details });
}

/** 412 with what is there now (R7). */
export function staleRevision(current: unknown): ProblemError {
  return new ProblemError(
    412,
    'stale_revision',
    'Somebody else has changed this in the meantime. Compare with what is there now, then save again.',
    { details: { current } },
  );
}
