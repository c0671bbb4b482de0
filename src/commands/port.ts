import { createServer } from 'node:net';

/**
 * Rejects in plain words when nothing can listen on this loopback port. Both addresses are tried:
 * a browser that is sent to `localhost` may take either.
 */
export async function requireFreePort(port: number, what: string, remedy: string): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await tryListening(port, host);
    // A machine may be without IPv6.
    if (code === undefined || code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') continue;
    const reason =
      code === 'EADDRINUSE'
        ? 'something else is using it'
        : code === 'EACCES'
          ? 'this account may not use it'
          : `that fails with ${code}`;
    throw new Error(`${what} needs port ${port}, but ${reason}. ${remedy}`);
  }
}

/** Resolves to why it can't listen there (an error code of Node), undefined where it can. */
function tryListening(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
