import type { IncomingHttpHeaders } from 'node:http';
import type { Asked } from './answers.ts';

// Whatever stands between the words: CGI and its like see the same in it.
const method = /^x[^a-z0-9](?:http[^a-z0-9])?method(?:[^a-z0-9]override)?$/u;
const address = /^x[^a-z0-9](?:original|rewrite)[^a-z0-9]url$/u;

/** A header's name as CGI and its like tell it apart: by letters and digits alone. In small letters. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '-');
}

/**
 * Do some consoles make another request of the one that the rules have seen, by this header? `name`: in
 * small letters.
 */
export function isOverriding(name: string): boolean {
  return method.test(name) || address.test(name);
}

/** What consoles may take the request for besides, by what its headers say. */
export function otherReadings(asked: Asked, headers: IncomingHttpHeaders): readonly Asked[] {
  const methods = [asked.method];
  const targets = [asked.target];
  for (const [name, said] of Object.entries(headers)) {
    const value = String(said).trim();
    if (method.test(name)) methods.push(value.toUpperCase());
    else if (address.test(name)) targets.push(value);
  }
  return methods.flatMap((one) => targets.map((target) => ({ method: one, target }))).slice(1);
}

/**
 * Could a header pass for one of the gate's by the letters of its name alone, as `x_gatehouse_role`
 * does? A proxy replaces those that are spelled as they should be. `name` and `own`, the names that the
 * console reads besides: in small letters.
 */
export function looksLikeOwn(name: string, own: ReadonlySet<string>): boolean {
  if (/^[a-z0-9-]*$/u.test(name)) return false;
  const plain = plainName(name);
  return plain.startsWith('x-gatehouse-') || own.has(plain);
}
