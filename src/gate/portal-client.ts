import { z } from 'zod';
import { authorize } from './assertion.ts';
import { GateError } from './gate-error.ts';
import type { GateKey } from './gate-key.ts';
import type { KeyRing } from './key-ring.ts';
import {
  PortalUnreachable,
  type PortalAnswer,
  type PortalRequest,
  type PortalTransport,
} from './portal-transport.ts';

/** The portal answered, and not with what was asked for. */
export class PortalRefused extends GateError {
  readonly status: number;
  /** Milliseconds to wait before the next attempt, where the portal said so. */
  readonly retryAfter: number | null;
  /** Where in the request something isn't right, each as a JSON Pointer (RFC 6901). */
  readonly paths: readonly string[];

  constructor(
    status: number,
    code: string,
    detail: string,
    retryAfter: number | null,
    paths: readonly string[] = [],
  ) {
    super(code, detail);
    this.paths = paths;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export interface PortalClient {
  /**
   * Sends a request that proves possession of the gate's key. Resolves for 2xx and 304; throws
   * PortalRefused, PortalUnreachable.
   */
  readonly send: (request: PortalRequest) => Promise<PortalAnswer>;
  /** Milliseconds that the own clock was ahead at the last answer; null: none so far. */
  readonly clockOffset: () => number | null;
}

export interface PortalClientOptions {
  readonly gateId: string;
  readonly portalUrl: string;
  readonly transport: PortalTransport;
  readonly keys: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const problem = z.object({
  code: z.string(),
  detail: z.string().default(''),
  errors: z.array(z.object({ path: z.string() })).catch([]),
});

export function createPortalClient(options: PortalClientOptions): PortalClient {
  const { gateId, portalUrl, transport, keys, now } = options;
  let offset: number | null = null;
  /** Whether a key that waits on disk has been tried since the start. */
  let triedNext = false;

  async function sendWith(key: GateKey, request: PortalRequest): Promise<PortalAnswer> {
    const { method, path, body } = request;
    // By the portal's time: a wrong clock is no reason to be cut off.
    const time = now() - (offset ?? 0);
    const authorization = await authorize(key, {
      issuer: gateId,
      portalUrl,
      method,
      path,
      body,
      now: time,
    });
    const headers = { ...request.headers, authorization };
    const answer = await transport.send({ ...request, headers });
    offset = answer.clockOffset ?? offset;
    return answer;
  }

  /** Once more where the refusal has taught us the portal's time. */
  async function sendOnTime(key: GateKey, request: PortalRequest): Promise<PortalAnswer> {
    const before = offset ?? 0;
    const answer = await sendWith(key, request);
    const moved = Math.abs((offset ?? 0) - before) > 5_000;
    return answer.status === 401 && moved ? sendWith(key, request) : answer;
  }

  async function finishRotation(request: PortalRequest): Promise<PortalAnswer | null> {
    if (triedNext) return null;
    const next = await keys.next();
    if (next !== null) {
      const answer = await sendOnTime(next, request);
      if (answer.status >= 500 || answer.status === 429) return answer;
      triedNext = true;
      if (answer.status === 401) return null;
      await keys.promote();
      return answer;
    }
    triedNext = true;
    return null;
  }

  async function sendSigned(request: PortalRequest): Promise<PortalAnswer> {
    const finished = await finishRotation(request);
    if (finished !== null) return finished;
    const key = await keys.current();
    const answer = await sendOnTime(key, request);
    if (answer.status !== 401) return answer;
    // Perhaps the key was replaced on disk while this was on its way.
    const newer = await keys.current();
    return newer.publicKey.kid === key.publicKey.kid ? answer : sendOnTime(newer, request);
  }

  return {
    clockOffset: () => offset,
    async send(request) {
      const answer = await sendSigned(request);
      if (answer.status < 300 || answer.status === 304) return answer;
      throw refusalOf(answer, now());
    },
  };
}

/** What a refusal says of itself; an answer that isn't a portal's is as good as none. */
export function refusalOf(answer: PortalAnswer, now: number): PortalRefused | PortalUnreachable {
  const retryAfter = retryAfterOf(answer.header('retry-after'), now);
  const parsed = problem.safeParse(jsonOf(answer.text));
  if (parsed.success) {
    const { code, detail, errors } = parsed.data;
    const paths = errors.map(({ path }) => path);
    return new PortalRefused(answer.status, code, detail || code, retryAfter, paths);
  }
  if (answer.status === 429 || answer.status >= 500) {
    const detail = `The portal answers ${answer.status}.`;
    return new PortalRefused(answer.status, 'portal_busy', detail, retryAfter);
  }
  return new PortalUnreachable(
    'not_a_portal',
    `What answers at the portal’s address is no portal (status ${answer.status}): a proxy, or a sign-in page of the network?`,
  );
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function retryAfterOf(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\d+$/u.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
