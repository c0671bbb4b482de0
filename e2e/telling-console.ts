import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A console that answers everything with the headers that it got, and becomes whatever it is asked for. */
export interface TellingConsole {
  readonly port: number;
  close(): void;
}

export async function startTellingConsole(): Promise<TellingConsole> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('service-worker-allowed', '/');
    response.setHeader('clear-site-data', '"cookies"');
    response.setHeader('set-cookie', ['own=1; Path=/', '__Host-gatehouse-x=1; Path=/; Secure']);
    response.end(JSON.stringify(request.headers));
  });
  server.on('upgrade', (request, socket: Duplex) => {
    const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    socket.on('error', () => socket.destroy());
    socket.write(
      [
        'HTTP/1.1 101 Switching Protocols',
        'Connection: Upgrade',
        `Upgrade: ${request.headers.upgrade ?? ''}`,
        `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
        '',
        `${JSON.stringify(request.headers)}\n`,
      ].join('\r\n'),
    );
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export interface Change {
  readonly status: number;
  /** The first line that came once it had changed over. */
  readonly told: string | null;
}

/** Asks that a connection become something else. */
export async function askToBecome(
  protocol: string,
  url: string,
  options: {
    readonly cookie: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly ca?: string;
  },
): Promise<Change> {
  const { cookie, headers = {}, ca } = options;
  const open = url.startsWith('https:') ? httpsRequest : httpRequest;
  const outgoing = open(url, {
    agent: false,
    ...(ca === undefined ? {} : { ca }),
    headers: { connection: 'Upgrade', upgrade: protocol, cookie, ...headers },
  }).end();
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (answer: IncomingMessage) => {
      answer.destroy();
      resolve({ status: answer.statusCode ?? 0, told: null });
    });
    outgoing.on('upgrade', (answer, socket, head) => {
      let text = head.toString();
      const look = () => {
        if (!text.includes('\n')) return;
        socket.destroy();
        resolve({ status: answer.statusCode ?? 0, told: text.split('\n')[0] ?? '' });
      };
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        look();
      });
      look();
    });
  });
}

/** What a browser sends to open a WebSocket from a page of this origin. */
export function webSocketHeaders(origin: string): Record<string, string> {
  return {
    origin,
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
    'sec-fetch-mode': 'websocket',
  };
}
