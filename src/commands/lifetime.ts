/** Something that runs until it is told to end. */
interface Running {
  close(): Promise<void>;
}

/**
 * Starts, announces, and closes on Ctrl-C or SIGTERM; resolves once it is closed. A signal during the
 * start waits for it, because only what has started can be stopped with all that it started itself.
 * Further signals change nothing: npm passes a Ctrl-C on that the terminal has sent here already.
 */
export async function runUntilSignal<T extends Running>(
  start: () => Promise<T>,
  announce: (running: T) => Promise<void> | void,
): Promise<void> {
  let signalled = false;
  const signal = new Promise<void>((resolve) => {
    const stop = (): void => {
      signalled = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  let running: T;
  try {
    running = await start();
  } catch (error) {
    // A Ctrl-C ends the programs that a start waits for as well: what they say then is no failure.
    if (signalled) return;
    throw error;
  }
  try {
    if (!signalled) await Promise.race([signal, announce(running)]);
    await signal;
  } finally {
    await running.close();
  }
}

/** For commands of a second or two: a Ctrl-C ends them no sooner, so that they stop what they started. */
export function finishDespiteSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
}
