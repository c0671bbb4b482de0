/**
 * Calls `close` once on Ctrl-C or SIGTERM and then ends; a second Ctrl-C doesn't wait for it. Set it
 * up before starting what `close` waits for: a signal during the start must leave nothing running.
 */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing = false;
  const stop = (): void => {
    if (closing) process.exit(1);
    closing = true;
    close().then(
      () => process.exit(0),
      // Why the start failed is said by whoever started it.
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
