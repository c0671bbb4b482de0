import type { IncomingMessage, ServerResponse } from 'node:http';
import { Pool, type Dispatcher } from 'undici';
import { createPassingMemory } from '../passing-memory.ts';
import { hasBody, type ClientHeaders } from './client-headers.ts';
import { consoleConnection } from './console-connection.ts';
import { responseHeaders, type ResponseOrigins } from './response-headers.ts';

/** What came of a request to the console that got no answer. */
export type ProxyFailure = 'unreachable' | 'timeout';

export interface ProxiedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clientHeaders: ClientHeaders;
  /** For the console: name, value, name, value. */
  readonly headers: string[];
  /** Called where nothing of an answer has been sent yet. */
  readonly onFailure: (failure: ProxyFailure, error: Error) => void;
}

export interface ConsoleProxy {
  /** Streams the request to the console and its answer back. Returns what ends both. */
  forward(proxied: ProxiedRequest): () => void;
  close(): Promise<void>;
}

export interface ProxyOptions extends ResponseOrigins {
  /** Milliseconds until the console begins to answer: 5 minutes. What goes on may go on for ever. */
  readonly answerTimeout?: number;
}

/** On undici and not on Node's own client: half as many CPU cycles for each request (decision 016). */
export function createProxy(options: ProxyOptions): ConsoleProxy {
  const { upstream, answerTimeout = 300_000 } = options;
  const { rejectUnauthorized } = consoleConnection(upstream);
  const hasPassed = createPassingMemory();
  const connections = (): Pool =>
    new Pool(upstream, {
      connections: 1_024,
      headersTimeout: answerTimeout,
      bodyTimeout: 0,
      maxHeaderSize: 64 * 1024,
      connect: { timeout: 10_000, rejectUnauthorized },
    });
  const pools: Pools = { kept: connections(), fresh: connections() };

  return {
    forward(proxied) {
      const exchange = new Exchange(proxied, options, pools, hasPassed);
      exchange.start();
      return () => exchange.close();
    },
    async close() {
      await Promise.all([pools.kept.destroy(), pools.fresh.destroy()]);
    },
  };
}

interface Pools {
  /** Connections stay, for the requests that follow. */
  readonly kept: Pool;
  /** Each request opens a connection, and ends it. */
  readonly fresh: Pool;
}

const stale = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** One request and its answer. A class, because there are thousands a second. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #proxied: ProxiedRequest;
  readonly #origins: ResponseOrigins;
  readonly #pools: Pools;
  readonly #hasPassed: (bytes: number) => void;
  readonly #hasBody: boolean;
  #controller: Dispatcher.DispatchController | null = null;
  #answered = false;
  #retried = false;
  #over = false;

  constructor(
    proxied: ProxiedRequest,
    origins: ResponseOrigins,
    pools: Pools,
    hasPassed: (bytes: number) => void,
  ) {
    this.#proxied = proxied;
    this.#origins = origins;
    this.#pools = pools;
    this.#hasPassed = hasPassed;
    this.#hasBody = hasBody(proxied.clientHeaders);
  }

  start(): void {
    const { request, response, headers, clientHeaders } = this.#proxied;
    response.once('close', () => {
      if (!response.writableFinished) this.close();
    });
    const { method = 'GET', url = '/' } = request;
    const length = clientHeaders.get('content-length');
    if (this.#hasBody && length !== undefined) headers.push('content-length', length);
    const body = this.#hasBody ? request : null;
    this.#pools.kept.dispatch({ path: url, method, headers, body }, this);
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller?.abort(new Error('The client is gone, or may no longer have the answer.'));
    this.#proxied.response.destroy();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('The client is gone.'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText = '',
  ): void {
    // Early hints and the like: the final answer says the same again.
    if (status < 200) return;
    this.#answered = true;
    const { response } = this.#proxied;
    const raw = (controller.rawHeaders ?? []) as (Buffer | string)[];
    const headers = responseHeaders(raw, this.#origins);
    const text = /^[\x20-\x7e]*$/u.test(statusText) ? statusText : '';
    if (text === '') response.writeHead(status, headers);
    else response.writeHead(status, text, headers);
    // What comes with it goes out with it; what takes its time, such as events, mustn't hold the headers.
    setImmediate(() => {
      if (!response.headersSent || response.writableEnded) return;
      response.flushHeaders();
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { response } = this.#proxied;
    if (!response.write(chunk)) {
      controller.pause();
      response.once('drain', () => controller.resume());
    }
    this.#hasPassed(chunk.length);
  }

  onResponseEnd(): void {
    this.#over = true;
    this.#proxied.response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    const { request, response, headers, onFailure } = this.#proxied;
    const code = codeOf(error);
    const { method = 'GET', url = '/' } = request;
    const repeatable = (method === 'GET' || method === 'HEAD') && !this.#hasBody;
    if (!this.#answered && repeatable && !this.#retried && stale.has(code)) {
      // The console closed a connection that lay idle, just as it was to be used again, and perhaps
      // all others with it: only a new one is none of those (RFC 9112, section 9.3.1).
      this.#retried = true;
      this.#pools.fresh.dispatch({ path: url, method, headers, reset: true }, this);
      return;
    }
    this.#over = true;
    if (this.#answered || response.headersSent) response.destroy();
    else onFailure(code === 'UND_ERR_HEADERS_TIMEOUT' ? 'timeout' : 'unreachable', error);
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
