import type { IncomingMessage } from 'node:http';
import { ProblemError } from '../../server/problem-error.ts';
import { isOriginForm } from './targets.ts';

/** What no browser sends, and what servers read in different ways. */
export function malformation(request: IncomingMessage, target: string): ProblemError | null {
  if (!isOriginForm(target)) {
    return new ProblemError(400, 'invalid_target', 'The address of the request can’t be read.');
  }
  const { rawHeaders } = request;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  const { headers, httpVersion } = request;
  const framing = headers['transfer-encoding'];
  const isOdd =
    hosts > 1 ||
    (httpVersion !== '1.1' && httpVersion !== '1.0') ||
    (framing !== undefined && (framing.toLowerCase() !== 'chunked' || httpVersion !== '1.1')) ||
    (framing !== undefined && headers['content-length'] !== undefined);
  return isOdd
    ? new ProblemError(400, 'malformed_request', 'The request isn’t HTTP as it should be.')
    : null;
}
