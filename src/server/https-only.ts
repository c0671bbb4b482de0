import type { IncomingMessage } from 'node:http';
import type { Peers } from './peers.ts';
import { ProblemError } from './problem-error.ts';

/**
 * What a server says to a request that came over a network in the clear: plain http is for this machine
 * and for the proxies that are named, whatever address the server listens on. Null: nothing is wrong.
 */
export function createHttpsOnly(
  peers: Pick<Peers, 'isLoopback' | 'isTrusted'>,
  servesTls: boolean,
): (request: IncomingMessage) => ProblemError | null {
  if (servesTls) return () => null;
  return (request) =>
    peers.isLoopback(request) || peers.isTrusted(request)
      ? null
      : new ProblemError(
          403,
          'https_only',
          'This server is reached by https, through the proxy in front of it. If you are that proxy, it has to be named as a trusted one.',
        );
}
