import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphAnswer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GraphServer {
  readonly url: string;
  /** What was asked, newest last. */
  readonly requests: IncomingMessage[];
  /** Answers everything by this from now on. */
  readonly answerBy: (answer: (url: URL) => GraphAnswer) => void;
  readonly close: () => Promise<void>;
}

/** A server in Graph's place, which answers whatever a test needs it to. */
export async function startGraphServer(): Promise<GraphServer> {
  const requests: IncomingMessage[] = [];
  let answer: (url: URL) => GraphAnswer = () => ({ status: 404 });
  const server = createServer((request, response) => {
    requests.push(request);
    const { status = 200, body, headers = {} } = answer(new URL(request.url ?? '/', url));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? null));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    answerBy(next) {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Graph as one person sees it: who they are, and all of their groups. */
export function personInGraph(objectId: string, groupIds: readonly string[]) {
  return (url: URL): GraphAnswer =>
    url.pathname.endsWith('/me')
      ? { body: { id: objectId } }
      : { body: { value: groupIds.map((id) => ({ id })) } };
}
