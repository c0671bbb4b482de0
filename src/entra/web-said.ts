import { isGuid } from '../domain/guid.ts';
import type { ProviderSaid } from './web-sign-in-error.ts';

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * What an error of Entra says of itself, from a token endpoint's answer or a callback's parameters:
 * numbers, ids and the error's name only. Its sentences name people and applications, and whoever
 * writes the address of a callback could put their own words there.
 */
export function saidOf(answer: Readonly<Record<string, unknown>>): ProviderSaid {
  const text = typeof answer['error_description'] === 'string' ? answer['error_description'] : '';
  const named = (name: string) => new RegExp(`${name} ?ID: ?(${guid})`, 'iu').exec(text)?.[1];
  return {
    aadsts: numberOf(answer['error_codes'], text),
    correlationId: asGuid(answer['correlation_id']) ?? asGuid(named('Correlation')),
    traceId: asGuid(answer['trace_id']) ?? asGuid(named('Trace')),
    error: errorNameOf(answer['error']),
  };
}

function numberOf(codes: unknown, text: string): number | null {
  const [first] = Array.isArray(codes) ? (codes as readonly unknown[]) : [];
  if (typeof first === 'number' && Number.isSafeInteger(first) && first > 0) return first;
  const [, digits] = /AADSTS([1-9]\d{1,9})\b/u.exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}

function asGuid(value: unknown): string | null {
  return typeof value === 'string' && isGuid(value) ? value.toLowerCase() : null;
}

function errorNameOf(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z_]{1,64}$/u.test(value) ? value : null;
}

/** For a log. */
export function wordsOf({ error, aadsts }: ProviderSaid): string {
  return [error ?? 'no error named', ...(aadsts === null ? [] : [`AADSTS${aadsts}`])].join(', ');
}
