import { ProblemError } from '../../server/problem-error.ts';

/** The number that a `before` holds: the `next` of the page before. */
export function readCursor(before: string): number {
  const number = Number(before);
  if (/^\d{1,15}$/u.test(before) && Number.isSafeInteger(number)) return number;
  throw new ProblemError(400, 'invalid_request', 'One field isn’t right.', {
    errors: [
      { path: '/before', code: 'invalid_cursor', message: 'is not the `next` of an answer' },
    ],
  });
}
