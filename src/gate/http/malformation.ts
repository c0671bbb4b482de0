import { ProblemError } from '../../server/problem-error.ts';
import type { ClientHeaders } from './client-headers.ts';
import { isOriginForm } from './targets.ts';

/** What no browser sends, and what servers read in different ways. */
export function malformation(
  target: string,
  httpVersion: string,
  headers: ClientHeaders,
): ProblemError | null {
  if (!isOriginForm(target)) {
    return new ProblemError(400, 'invalid_target', 'The address of the request can’t be read.');
  }
  const framing = headers.get('transfer-encoding');
  const isOdd =
    headers.hosts > 1 ||
    (httpVersion !== '1.1' && httpVersion !== '1.0') ||
    (framing !== undefined && (framing.toLowerCase() !== 'chunked' || httpVersion !== '1.1')) ||
    (framing !== undefined && headers.get('content-length') !== undefined);
  return isOdd
    ? new ProblemError(400, 'malformed_request', 'The request isn’t HTTP as it should be.')
    : null;
}
