import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { problemMediaType } from '../../contract/problem.ts';
import { apiHeaders } from '../../server/api-headers.ts';
import { problemDocument } from '../../server/problem-document.ts';
import type { ProblemError } from '../../server/problem-error.ts';
import { smallPage, smallPagePolicy, type SmallPage } from './small-page.ts';
import { isNavigation, refusedAddress, signInAddress } from './targets.ts';

/** What was asked of the console: method (`WEBSOCKET` for opening one), path and query. */
export interface Asked {
  readonly method: string;
  readonly target: string;
}

/** What the front door says where neither Fastify nor the console answers. */
export interface Answers {
  /** What everything of the gate's own carries. */
  readonly headers: Readonly<Record<string, string>>;
  problem(response: ServerResponse, problem: ProblemError): void;
  /** A page for people, and a problem for everything else. */
  page(
    request: IncomingMessage,
    response: ServerResponse,
    problem: ProblemError,
    page: Omit<SmallPage, 'reference'>,
  ): void;
  redirect(response: ServerResponse, status: 302 | 303, location: string): void;
  /** Somebody isn't let in, or not to this: browsers are led to the page that helps, others told. */
  refusal(
    request: IncomingMessage,
    response: ServerResponse,
    problem: ProblemError,
    asked: Asked,
  ): void;
  /** The same over a connection that was to become a WebSocket: the bytes of an answer. */
  bytes(problem: ProblemError): string;
}

/** Refusals of a request of somebody who stays signed in. */
const ofRequest = new Set(['console_refused', 'foreign_origin']);

export function createAnswers(publicUrl: string, reference: () => string): Answers {
  const headers = apiHeaders(publicUrl, false);

  function send(response: ServerResponse, status: number, own: object, body: string): void {
    response.writeHead(status, {
      ...headers,
      ...own,
      'content-length': Buffer.byteLength(body),
    });
    response.end(response.req.method === 'HEAD' ? undefined : body);
  }

  function problem(response: ServerResponse, error: ProblemError): void {
    send(
      response,
      error.status,
      { ...error.headers, 'content-type': problemMediaType },
      JSON.stringify(problemDocument(error, reference())),
    );
  }

  function redirect(response: ServerResponse, status: 302 | 303, location: string): void {
    send(response, status, { location }, '');
  }

  return {
    headers,
    problem,
    redirect,
    page(request, response, error, page) {
      if (!isNavigation(request.headers)) return problem(response, error);
      const own = {
        ...error.headers,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': smallPagePolicy,
      };
      send(response, error.status, own, smallPage({ ...page, reference: reference() }));
    },
    refusal(request, response, error, { method, target }) {
      if (!isNavigation(request.headers)) return problem(response, error);
      const reads = request.method === 'GET' || request.method === 'HEAD';
      if (ofRequest.has(error.code)) {
        const facts = { code: error.code, method, target, reference: reference() };
        return redirect(response, reads ? 302 : 303, refusedAddress(facts));
      }
      // What was sent along is lost; the page that it was sent from isn't known.
      return redirect(response, reads ? 302 : 303, signInAddress(reads ? target : '/'));
    },
    bytes(error) {
      const body = JSON.stringify(problemDocument(error, reference()));
      const lines = Object.entries({
        ...headers,
        'content-type': problemMediaType,
        'content-length': String(Buffer.byteLength(body)),
        connection: 'close',
      }).map(([name, value]) => `${name}: ${value}`);
      const status = `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`;
      return [status, ...lines, '', body].join('\r\n');
    },
  };
}
