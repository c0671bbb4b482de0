import { randomUUID } from 'node:crypto';
import type { AadstsError } from './aadsts.ts';
import type { Parameters } from './parameters.ts';

/** What an administrator needs to find a refusal in the sign-in log, and the text that quotes it. */
export interface RefusalReport {
  number: number;
  /** `AADSTS50011: … Trace ID: … Correlation ID: … Timestamp: …` */
  description: string;
  message: string;
  traceId: string;
  correlationId: string;
  /** `2026-01-31 23:59:59Z` */
  timestamp: string;
}

export function reportRefusal(
  error: AadstsError,
  correlationId: string,
  now: number,
): RefusalReport {
  const traceId = randomUUID();
  const timestamp = entraTime(now);
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  const description = `${error.code}: ${error.message} ${ids}`;
  return {
    number: error.number,
    description,
    message: error.message,
    traceId,
    correlationId,
    timestamp,
  };
}

/** The body that the token endpoint refuses with. */
export function tokenErrorBody(error: AadstsError, report: RefusalReport, origin: string): object {
  return {
    error: error.tokenError,
    error_description: report.description,
    error_codes: [error.number],
    timestamp: report.timestamp,
    trace_id: report.traceId,
    correlation_id: report.correlationId,
    error_uri: errorUri(origin, error.number),
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  };
}

export function errorUri(origin: string, number: number): string {
  return `${origin}/error?code=${number}`;
}

/** Entra's way of writing a time: `2026-01-31 23:59:59Z`. */
export function entraTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The client's own id for its request where it sent one, so that both sides can quote the same. */
export function correlationIdOf(parameters: Parameters, header?: string | string[]): string {
  const sent = parameters.get('client-request-id') ?? (Array.isArray(header) ? header[0] : header);
  return sent !== undefined && guid.test(sent) ? sent.toLowerCase() : randomUUID();
}
