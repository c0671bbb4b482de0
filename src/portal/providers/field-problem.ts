import { ProblemError } from '../../server/problem-error.ts';

/** 400 at one field of the request (R21). */
export function fieldProblem(path: string, message: string, code: string): ProblemError {
  return new ProblemError(400, 'invalid_request', 'One field isn’t right.', {
    errors: [{ path, code, message }],
  });
}
