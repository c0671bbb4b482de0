import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value: as they came. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A sensor's console that knows no roles, and remembers what it was asked. */
export interface TestConsole {
  readonly origin: string;
  readonly server: Server;
  readonly seen: SeenRequest[];
  readonly last: () => SeenRequest;
  readonly close: () => Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers "hello" to everything, unless a handler for the path says otherwise. */
export async function startTestConsole(
  handlers: Readonly<Record<string, Handler>> = {},
): Promise<TestConsole> {
  const seen: SeenRequest[] = [];
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const { url = '', method = '', rawHeaders, headers } = request;
    const handler = handlers[url.split('?')[0] ?? ''];
    if (handler !== undefined) return handler(request, response);
    void text(request).then(
      (body) => {
        seen.push({ method, url, rawHeaders, headers, body });
        response.setHeader('content-type', 'text/plain');
        response.end('hello');
      },
      () => undefined,
    );
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    seen,
    last() {
      const request = seen.at(-1);
      if (request === undefined) throw new Error('the console was asked nothing');
      return request;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
