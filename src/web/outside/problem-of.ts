import type { Problem } from '../../contract/problem.ts';
import { ApiError, OfflineError } from '../failures.ts';

/** What went wrong as a problem document, whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const offline = error instanceof OfflineError;
  return {
    type: 'about:blank',
    title: 'This page couldn’t be shown',
    status: 0,
    code: offline ? 'offline' : 'unexpected',
    detail: error instanceof Error ? error.message : 'Nothing more is known about it.',
    reference: '',
  };
}
