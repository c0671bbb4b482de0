import type { Problem } from '../../contract/problem.ts';
import { consoleMethods } from '../../domain/console-rules.ts';
import { isExplained } from '../outside/refusal-words.ts';

/**
 * What a gate refused, by the address that it sent the browser to. Anybody can make such an address,
 * so only what is one of ours, or looks like a path, is repeated from it.
 */
export function refusedProblem(search: string): Problem {
  const query = new URLSearchParams(search);
  const code = query.get('code') ?? '';
  const request = requestOf(query.get('method'), query.get('path'));
  return {
    type: 'about:blank',
    title: 'The gate refused this request',
    status: 403,
    code: isExplained(code) ? code : 'console_refused',
    detail: '',
    reference: referenceOf(query.get('reference')),
    ...(request === null ? {} : { details: { request } }),
  };
}

function requestOf(method: string | null, path: string | null): string | null {
  const known = consoleMethods.find((one) => one === method?.toUpperCase());
  if (known === undefined || path === null) return null;
  if (path.length > 300 || !/^\/[\w\-.~!$&'()*+,;=:@%/]*$/u.test(path)) return null;
  return `${known} ${path}`;
}

function referenceOf(text: string | null): string {
  return text !== null && /^[\w-]{1,64}$/u.test(text) ? text : '';
}
