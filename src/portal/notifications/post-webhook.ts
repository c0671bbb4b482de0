import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { gatehouseVersion } from '../../server/version.ts';
import { guardedLookup, isRefusedAddress, RefusedAddress } from './refused-address.ts';

/** Bytes of an answer's body that are taken off the line; nothing is made of them. */
const mostRead = 4096;

export interface WebhookPost {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Milliseconds from the look-up of the name to the answer: 10,000. */
  readonly patience?: number;
}

export interface WebhookAnswer {
  readonly delivered: boolean;
  /** A sentence: the receiver's status, or why none came. Nothing of what it said. */
  readonly detail: string;
  /** 410: it wants no more of this. */
  readonly gone: boolean;
  /** Milliseconds; see `Retry-After`. */
  readonly retryAfter: number | null;
}

/** Sends a message once. Redirects aren't followed. Never rejects, unless `signal` ended it. */
export async function postWebhook(post: WebhookPost, now: () => Date): Promise<WebhookAnswer> {
  const { patience = 10_000 } = post;
  const limit = AbortSignal.timeout(patience);
  const signal = AbortSignal.any([post.signal, limit]);
  try {
    const { statusCode = 0, headers } = await answerOf(post, signal);
    return {
      delivered: statusCode >= 200 && statusCode < 300,
      detail:
        statusCode >= 300 && statusCode < 400
          ? `It answered ${statusCode}: redirects aren’t followed.`
          : `It answered ${statusCode}.`,
      gone: statusCode === 410,
      retryAfter: readRetryAfter(headers['retry-after'], now()),
    };
  } catch (error) {
    if (post.signal.aborted) throw error;
    const detail = limit.aborted
      ? `No answer came within ${patience / 1000} seconds.`
      : failureWords(error);
    return { delivered: false, detail, gone: false, retryAfter: null };
  }
}

function answerOf(
  { address, headers, body }: WebhookPost,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(address);
  const plain = url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0 && isRefusedAddress(host)) {
    throw new RefusedAddress('Gatehouse sends nothing to this address.');
  }
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    signal,
    lookup: guardedLookup(plain),
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': `Gatehouse/${gatehouseVersion}`,
    },
  };
  return new Promise((resolve, reject) => {
    const request = (plain ? requestPlain : requestTls)(url, options, (response) => {
      let read = 0;
      response.on('error', () => undefined);
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > mostRead) response.destroy();
      });
      resolve(response);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function readRetryAfter(value: string | undefined, now: Date): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/u.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime());
}

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name isn’t known.',
  EAI_AGAIN: 'The name couldn’t be looked up.',
  ECONNREFUSED: 'Nothing listens there.',
  ECONNRESET: 'The connection was cut.',
  EPIPE: 'The connection was cut.',
  EHOSTUNREACH: 'There is no way to it.',
  ENETUNREACH: 'There is no way to it.',
  ETIMEDOUT: 'No connection came about.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate isn’t trusted here.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate isn’t trusted here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate isn’t trusted here.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its certificate isn’t trusted here.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
};

function failureWords(error: unknown): string {
  if (error instanceof RefusedAddress) return error.message;
  const found = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const code = found instanceof Error && 'code' in found ? String(found.code) : 'unknown';
  return words[code] ?? `It failed (${code}).`;
}
