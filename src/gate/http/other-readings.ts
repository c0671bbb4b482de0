import type { IncomingHttpHeaders } from 'node:http';
import type { Asked } from './answers.ts';

const method = /^x-(?:http-)?method(?:-override)?$/u;
const address = /^x-(?:original|rewrite)-url$/u;

/** A header's name as CGI and its like tell it apart: by letters and digits alone. In small letters. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '-');
}

/** Do some consoles make another request of the one that the rules have seen, by this header? */
export function isOverriding(plain: string): boolean {
  return method.test(plain) || address.test(plain);
}

/** What consoles may take the request for besides, by what its headers say. */
export function otherReadings(asked: Asked, headers: IncomingHttpHeaders): readonly Asked[] {
  const methods = [asked.method];
  const targets = [asked.target];
  for (const name in headers) {
    // All of them begin so, and most headers don't.
    if (!name.startsWith('x')) continue;
    const plain = plainName(name);
    const value = String(headers[name]).trim();
    if (method.test(plain)) methods.push(value.toUpperCase());
    else if (address.test(plain)) targets.push(value);
  }
  if (methods.length === 1 && targets.length === 1) return none;
  return methods.flatMap((one) => targets.map((target) => ({ method: one, target }))).slice(1);
}

/**
 * Is there a header that could pass for one of the gate's by its letters alone, such as
 * `X_Gatehouse_Role`? A proxy replaces those that are spelled as they should be. `own`: their names.
 */
export function posesAsOwn(headers: IncomingHttpHeaders, own: ReadonlySet<string>): boolean {
  for (const name in headers) {
    if (/^[a-z0-9-]*$/u.test(name)) continue;
    const plain = plainName(name);
    if (plain.startsWith('x-gatehouse-') || own.has(plain)) return true;
  }
  return false;
}

const none: readonly Asked[] = [];
