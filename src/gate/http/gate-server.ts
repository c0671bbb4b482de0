import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { handleClientError, maxHeaderSize } from '../../server/client-errors.ts';
import { createHttpServer } from '../../server/http-server.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { TlsFiles } from '../../server/tls-files.ts';
import type { Answers } from './answers.ts';
import type { createFrontDoor } from './front-door.ts';

export interface GateServerOptions {
  readonly door: ReturnType<typeof createFrontDoor>;
  readonly answers: Answers;
  /** Milliseconds. */
  readonly headersTimeout: number;
  /** Null: plain http. */
  readonly tls: TlsFiles | null;
  /** Told of what wasn't foreseen. */
  readonly onError: (error: unknown) => void;
}

/** The one server of a gate. */
export function createGateServer(options: GateServerOptions): Server {
  const { door, answers, headersTimeout, tls, onError } = options;
  const last = new WeakMap<Duplex, ServerResponse>();

  /** What one request brings up must not end the process: everybody else goes on. */
  function serve(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean) {
    last.set(request.socket, response);
    try {
      door.onRequest(request, response, expectsContinue);
    } catch (error) {
      onError(error);
      if (response.headersSent) response.destroy();
      else answers.problem(response, unforeseen());
    }
  }

  const server = createHttpServer(
    (request, response) => serve(request, response, false),
    {
      headersTimeout,
      connectionsCheckingInterval: Math.min(headersTimeout, 5_000),
      // An upload takes as long as it takes: what stands still is ended by the front door.
      requestTimeout: 0,
      keepAliveTimeout: 72_000,
      maxHeaderSize,
    },
    tls,
  );
  // All that fit in `maxHeaderSize`: Node would leave out those after the 2000th without a word.
  server.maxHeadersCount = 0;
  server.on('checkContinue', (request, response) => serve(request, response, true));
  server.on('upgrade', (request, socket, head) => {
    try {
      door.onUpgrade(request, socket, head);
    } catch (error) {
      onError(error);
      socket.destroy();
    }
  });
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('clientError', (error, socket) => {
    const response = last.get(socket);
    // In the middle of an answer, or after the last one, another would be taken for a part of it.
    const begun =
      response?.headersSent === true && !(response.writableFinished && response.shouldKeepAlive);
    if (!(socket instanceof Socket)) socket.destroy();
    else if (begun) socket.destroySoon();
    else handleClientError(error, socket, answers.headers);
  });
  return server;
}

const unforeseen = () =>
  new ProblemError(
    500,
    'internal_error',
    'Something went wrong in the gate. Quote the reference to whoever runs it.',
  );
