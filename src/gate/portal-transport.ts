import { request, type Dispatcher } from 'undici';
import { failureOf } from './failure-words.ts';
import { GateError } from './gate-error.ts';

export interface PortalRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  /** Milliseconds until the whole answer must be there: 15 seconds unless given. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

export interface PortalAnswer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
  /** Milliseconds that the own clock is ahead of who answered; null where it didn't say its time. */
  readonly clockOffset: number | null;
}

/** Nothing at the portal's address answers, or not in the way of a portal. */
export class PortalUnreachable extends GateError {}

export interface PortalTransport {
  /** Throws PortalUnreachable; a refusal is an answer. Redirects aren't followed. */
  readonly send: (request: PortalRequest) => Promise<PortalAnswer>;
}

/** The largest bundle that is taken: ten thousand revocations fit in a quarter of it. */
const mostBytes = 8_000_000;

export function createPortalTransport(
  portalUrl: string,
  dispatcher: Dispatcher,
  now: () => number,
): PortalTransport {
  return {
    async send({ method, path, headers = {}, body, timeout = 15_000, signal }) {
      const ending = endBy(timeout, signal);
      try {
        const answer = await request(portalUrl + path, {
          method,
          dispatcher,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body ?? null,
          signal: ending.signal,
        });
        const received = now();
        const text = await readText(answer.body);
        const header = (name: string): string | null => {
          const value = answer.headers[name];
          return (Array.isArray(value) ? value[0] : value) ?? null;
        };
        return {
          status: answer.statusCode,
          header,
          text,
          clockOffset: offsetFrom(header('date'), received),
        };
      } catch (error) {
        if (signal?.aborted === true) throw error;
        const { code, detail } = failureOf(error);
        throw new PortalUnreachable(code, `The portal ${portalUrl} can’t be reached: ${detail}`, {
          cause: error,
        });
      } finally {
        ending.release();
      }
    },
  };
}

/** AbortSignal.any would remember every request for as long as the gate runs (Node 20). */
function endBy(timeout: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const late = new DOMException('no answer in time', 'TimeoutError');
  const timer = setTimeout(() => controller.abort(late), timeout);
  const stop = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  const release = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  };
  return { signal: controller.signal, release };
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('its answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `Date` tells whole seconds: what is less than two of them says nothing. */
function offsetFrom(date: string | null, received: number): number | null {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return null;
  const offset = received - theirs - 500;
  return Math.abs(offset) < 2000 ? 0 : offset;
}
