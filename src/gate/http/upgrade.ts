import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { consoleConnection } from './console-connection.ts';
import type { ProxyFailure } from './proxy.ts';
import { responseHeaders, type ResponseOrigins } from './response-headers.ts';

export interface UpgradedRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client sent after its request already. */
  readonly head: Buffer;
  readonly headers: readonly string[];
  /** Milliseconds until the console begins to answer. What goes on may go on for ever. */
  readonly answerTimeout: number;
  readonly onFailure: (failure: ProxyFailure, error: Error) => void;
  /** Something came from the client. */
  readonly onUsed: () => void;
  readonly onClosed: () => void;
}

/** Is it the beginning of a WebSocket (RFC 6455, section 4.1), and nothing else? */
export function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    /^[A-Za-z0-9+/]{22}==$/u.test(headers['sec-websocket-key'] ?? '') &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined
  );
}

/** What a server answers a key with that has really changed over (RFC 6455, section 4.2.2). */
function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/**
 * Does the console speak WebSocket from here on? One that merely says 101 would read what follows as
 * requests: past the rules, and with whatever identity the client writes into them.
 */
function hasChangedOver(request: IncomingMessage, answer: IncomingMessage): boolean {
  const expected = acceptOf(request.headers['sec-websocket-key'] ?? '');
  return (
    answer.headers.upgrade?.toLowerCase() === 'websocket' &&
    answer.headers['sec-websocket-accept'] === expected
  );
}

/** Opens the WebSocket at the console, and joins both. Returns what ends it. */
export function forwardUpgrade(upgraded: UpgradedRequest, origins: ResponseOrigins): () => void {
  const { request, socket, head, headers, answerTimeout, onFailure, onUsed, onClosed } = upgraded;
  const { isTls, hostname, port, rejectUnauthorized } = consoleConnection(origins.upstream);
  const open = isTls ? httpsRequest : httpRequest;
  const outgoing = open({
    hostname,
    port,
    path: request.url ?? '/',
    method: 'GET',
    headers: [...headers, 'connection', 'Upgrade', 'upgrade', 'websocket'],
    agent: false,
    rejectUnauthorized,
  });
  const patience = setTimeout(() => {
    fail('timeout', new Error('The console took too long to answer.'));
    outgoing.destroy();
  }, answerTimeout);
  let far: Duplex | null = null;
  let over = false;

  function close(): void {
    if (over) return;
    over = true;
    clearTimeout(patience);
    outgoing.destroy();
    far?.destroy();
    socket.destroy();
    onClosed();
  }

  function fail(failure: ProxyFailure, error: Error): void {
    if (over) return;
    over = true;
    clearTimeout(patience);
    onFailure(failure, error);
    onClosed();
  }

  socket.on('error', close).on('close', close);
  outgoing.on('error', (error) => fail('unreachable', error));
  // It didn't become one: the console's answer goes back as it is, and the connection ends with it.
  outgoing.on('response', (answer) => {
    clearTimeout(patience);
    socket.write(answerHead(answer, origins, ['connection', 'close']), 'latin1');
    answer.pipe(socket);
    answer.on('error', close);
  });
  outgoing.on('upgrade', (answer, farSocket, farHead) => {
    if (!hasChangedOver(request, answer)) {
      farSocket.destroy();
      fail('unreachable', new Error('The console says 101 and opens no WebSocket.'));
      return;
    }
    clearTimeout(patience);
    far = farSocket;
    far.on('error', close).on('close', close);
    const own = ['connection', 'Upgrade', 'upgrade', 'websocket'];
    socket.write(answerHead(answer, origins, own), 'latin1');
    if (farHead.length > 0) socket.write(farHead);
    if (head.length > 0) far.write(head);
    socket.on('data', onUsed);
    socket.pipe(far);
    far.pipe(socket);
  });
  outgoing.end();
  return close;
}

function answerHead(
  answer: IncomingMessage,
  origins: ResponseOrigins,
  own: readonly string[],
): string {
  const headers = [...responseHeaders(answer.rawHeaders, origins), ...own];
  const lines = [`HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) {
    lines.push(`${headers[at] ?? ''}: ${headers[at + 1] ?? ''}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
