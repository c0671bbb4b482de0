import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * Told of a change: with what NOTIFY carried, or with undefined where something may have been missed
 * (the connection was lost in between, or is behind a pooler that swallows LISTEN): then look.
 */
export type OnChange = (payload: string | undefined) => void;

export interface Listener {
  /** Resolves when listening, or when it turned out that the database is away; returns how to end it. */
  listen(channel: string, onChange: OnChange): Promise<() => void>;
  close(): Promise<void>;
}

/** LISTEN on one connection for all channels; connects again when it is lost, and polls besides. */
export function createListener(config: pg.ClientConfig, pollEvery: number): Listener {
  const channels = new Map<string, Set<OnChange>>();
  const stopped = new AbortController();
  let client: pg.Client | undefined;
  let running: Promise<void> | undefined;

  const tellAll = (): void => {
    for (const each of channels.values()) for (const onChange of each) onChange(undefined);
  };
  const poll = setInterval(tellAll, pollEvery).unref();
  const subscribe = (to: pg.Client, channel: string) =>
    to.query(`listen ${to.escapeIdentifier(channel)}`);

  const connect = async (): Promise<pg.Client> => {
    const next = new pg.Client(config);
    next.on('error', () => undefined);
    next.on('notification', ({ channel, payload }) => {
      for (const onChange of channels.get(channel) ?? []) onChange(payload ?? '');
    });
    try {
      await next.connect();
      for (const channel of channels.keys()) await subscribe(next, channel);
      return next;
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
  };
  const run = async (tried: () => void): Promise<void> => {
    for (let pause = 250; !stopped.signal.aborted;) {
      try {
        const current = await connect();
        const ended = new Promise<void>((resolve) => current.once('end', () => resolve()));
        client = current;
        pause = 250;
        tried();
        tellAll();
        if (stopped.signal.aborted) await current.end();
        await ended;
      } catch {
        // The pool and readiness say that the database is away: here it is only tried again.
        tried();
      }
      client = undefined;
      await sleep(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, 5_000);
    }
  };

  return {
    async listen(channel, onChange) {
      const handlers = channels.get(channel) ?? new Set();
      channels.set(channel, handlers.add(onChange));
      if (!running) {
        await new Promise<void>((tried) => {
          running = run(tried);
        });
      } else if (client && handlers.size === 1) {
        await subscribe(client, channel).catch(() => undefined);
      }
      return () => void handlers.delete(onChange);
    },
    async close() {
      clearInterval(poll);
      stopped.abort();
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}
