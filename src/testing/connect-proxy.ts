import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ConnectProxy {
  /** `http://…`, without a user. */
  readonly url: string;
  /** What it was asked to connect to: `host:port`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface ConnectProxyOptions {
  /** Where everything goes, whatever was asked for: a port of this machine. */
  readonly port?: number;
  /** `user:password` that it insists on. */
  readonly login?: string;
  /** Answered to everything, instead of a tunnel. */
  readonly status?: number;
}

/** A real HTTP proxy that makes tunnels (CONNECT). */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const { port, login, status } = options;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => {
    response.statusCode = 405;
    response.end();
  });
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const expected = `Basic ${Buffer.from(login ?? '').toString('base64')}`;
    const refused =
      login !== undefined && request.headers['proxy-authorization'] !== expected ? 407 : status;
    if (refused !== undefined) {
      client.end(`HTTP/1.1 ${refused} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port: wanted } = new URL(`http://${request.url}`);
    const upstream = connect(
      port ?? Number(wanted || 80),
      port === undefined ? hostname : '127.0.0.1',
    );
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
