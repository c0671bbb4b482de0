import { ProblemError } from '../../server/problem-error.ts';

export type FileProblemCode =
  | 'file_empty'
  | 'file_not_csv'
  | 'file_encoding'
  | 'file_too_many_rows';

/** 422 for a file that can't be imported as a whole; `detail` says what it is and what to do. */
export function fileProblem(code: FileProblemCode, detail: string, cause?: unknown): ProblemError {
  return new ProblemError(422, code, detail, {
    errors: [{ path: '', message: detail, code }],
    cause,
  });
}
