import { STATUS_CODES } from 'node:http';
import type { Problem } from '../contract/problem.ts';
import { refusals } from '../domain/refusal.ts';
import type { ProblemError } from './problem-error.ts';

/** The document that a ProblemError becomes (RFC 9457). `reference` is the request's id, to quote. */
export function problemDocument(error: ProblemError, reference: string): Problem {
  return {
    type: `urn:gatehouse:problem:${error.code}`,
    title: titleOf(error),
    status: error.status,
    code: error.code,
    detail: error.message,
    reference,
    ...(error.errors === undefined ? {} : { errors: [...error.errors] }),
    ...(error.details === undefined ? {} : { details: { ...error.details } }),
  };
}

function titleOf({ code, status }: ProblemError): string {
  const refusal: string | undefined = new Map<string, string>(Object.entries(refusals)).get(code);
  return refusal ?? STATUS_CODES[status] ?? 'Error';
}
