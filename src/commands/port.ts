import { createServer } from 'node:net';

/** Rejects in plain words when nothing can listen on this loopback port. */
export async function requireFreePort(port: number, what: string, remedy: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'something else is using it'
          : error.code === 'EACCES'
            ? 'this account may not use it'
            : error.message;
      reject(new Error(`${what} needs port ${port}, but ${reason}. ${remedy}`));
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
