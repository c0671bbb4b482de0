import type { Problem } from '../../contract/problem.ts';
import { ApiError, OfflineError } from '../failures.ts';
import type { Answer } from './transport.ts';

/** The value of a success; ApiError for a problem document. */
export function valueOf(answer: Answer): { value: unknown; revision: string | null } {
  const value = answer.text === '' ? undefined : parse(answer);
  if (answer.status < 200 || answer.status >= 300) throw new ApiError(problemOf(answer, value));
  return { value, revision: unquoted(answer.header('etag')) };
}

/** What a refusal tells besides its words; null where it tells nothing. */
export function problemDetails(answer: Answer): unknown {
  try {
    return (JSON.parse(answer.text) as { details?: unknown } | null)?.details ?? null;
  } catch {
    return null;
  }
}

function parse(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch (error) {
    // A proxy's error page, or a captive portal: not ours.
    throw new OfflineError(error);
  }
}

function problemOf(answer: Answer, value: unknown): Problem {
  if (isProblem(value)) return value;
  return {
    type: 'about:blank',
    title: 'Unexpected answer',
    status: answer.status,
    code: answer.status >= 500 ? 'server_error' : 'unexpected_answer',
    detail: `The server answered ${answer.status} without saying why.`,
    reference: answer.header('x-request-id') ?? '',
  };
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    'status' in value
  );
}

function unquoted(etag: string | null): string | null {
  return etag === null ? null : etag.replace(/^(?:W\/)?"(.*)"$/u, '$1');
}

/**
 * The claims that a 401 asks for (step-up, continuous access evaluation), decoded; null where it
 * asks for none. They travel as base64 in `WWW-Authenticate`.
 */
export function challengedClaims(answer: Answer): string | null {
  const header = answer.header('www-authenticate') ?? '';
  if (answer.status !== 401 || !/error="?insufficient_claims/u.test(header)) return null;
  const encoded = /claims="([^"]+)"/u.exec(header)?.[1];
  if (encoded === undefined) return null;
  try {
    return atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return null;
  }
}
