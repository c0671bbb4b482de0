import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemMediaType } from '../contract/problem.ts';
import { problemDocument } from './problem-document.ts';
import { ProblemError } from './problem-error.ts';

/**
 * The most bytes that the headers of a request may have. A token of somebody in 200 groups has about
 * 11,000, and one of 32,768 is still judged (src/entra/validate-access-token.ts); Node's own limit
 * is 16 KiB.
 */
export const maxHeaderSize = 48 * 1024;

function problemOfClientError(code: string | undefined): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ProblemError(
        431,
        'headers_too_large',
        `The headers of the request have more than ${maxHeaderSize / 1024} KiB.`,
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ProblemError(408, 'request_timeout', 'The request took too long to arrive.');
    default:
      return new ProblemError(400, 'malformed_request', 'The request isn’t HTTP as it should be.');
  }
}

/** The whole answer to a request that never became one: Node gives up before any route is asked. */
export function clientErrorAnswer(
  code: string | undefined,
  headers: Readonly<Record<string, string>>,
  reference: string,
): string {
  const problem = problemOfClientError(code);
  const body = JSON.stringify(problemDocument(problem, reference));
  const lines = Object.entries({
    ...headers,
    'content-type': `${problemMediaType}; charset=utf-8`,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`;
  return [status, ...lines, '', body].join('\r\n');
}

const readingOn = 1_000;

/** Answers what Node can't read as a request, in the API's form, and ends the connection. */
export function handleClientError(
  error: Error & { readonly code?: string },
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(clientErrorAnswer(error.code, headers, randomUUID()));
  // Closed at once, with more on its way, the connection would be reset before the answer is read.
  socket.resume();
  setTimeout(() => socket.destroy(), readingOn).unref();
}
