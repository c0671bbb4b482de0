import type { IncomingMessage } from 'node:http';

/**
 * Tells Node that nobody reads the body of a request that has none. Otherwise, after the answer, Node
 * reads it as a stream to its end, emits `end` and `close`, and takes the stream apart: 5 µs of a
 * decision's 25 (decision 017). Node has `optimizeEmptyRequests` for this from 24.12 on. Not for
 * requests whose `end` or `close` somebody waits for.
 */
export function leaveUnread(request: IncomingMessage): void {
  request.push = takenAlready;
  request.resume = asItIs;
}

/** Node reports the end of the body by it. True: more may come, so the connection goes on. */
function takenAlready(): boolean {
  return true;
}

function asItIs(this: IncomingMessage): IncomingMessage {
  return this;
}
