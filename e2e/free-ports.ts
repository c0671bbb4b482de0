import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * A port of 127.0.0.1 that is free, together with those so many above it. It lies below the range
 * that systems take the ports of outgoing connections from: nobody else gets it by chance while a
 * server restarts.
 */
export async function freePort(offsets: readonly number[] = []): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 31_900);
    const wanted = [0, ...offsets].map((offset) => port + offset);
    const servers = await Promise.all(wanted.map((one) => occupy(one).catch(() => undefined)));
    const free = servers.filter((one) => one !== undefined);
    await Promise.all(free.map((one) => release(one)));
    if (free.length === wanted.length) return port;
  }
}

/** Listens on a port of 127.0.0.1; 0: any free one. */
export async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export async function release(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
