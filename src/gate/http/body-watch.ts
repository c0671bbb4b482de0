import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '../../server/problem-error.ts';
import type { Answers } from './answers.ts';

/**
 * Ends a request whose body makes no progress for `patience` milliseconds. An upload may take as long
 * as it takes, and so may the answer: only standing still counts. `small`: it must be there as a whole
 * by then, because anybody may send it, a byte at a time for weeks.
 */
export function watchBody(
  request: IncomingMessage,
  response: ServerResponse,
  answers: Answers,
  patience: number,
  small = false,
): void {
  const { socket } = request;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    if (request.complete || response.destroyed) {
      clearInterval(timer);
    } else if (small || socket.bytesRead === before) {
      clearInterval(timer);
      end();
    } else before = socket.bytesRead;
  }, patience);
  timer.unref();
  response.once('close', () => clearInterval(timer));

  function end(): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.shouldKeepAlive = false;
    const detail = small
      ? 'The body of the request took too long to arrive.'
      : 'The body of the request stopped arriving.';
    answers.problem(response, new ProblemError(408, 'request_timeout', detail));
    response.once('finish', () => request.destroy());
  }
}
