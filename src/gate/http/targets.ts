import type { IncomingHttpHeaders } from 'node:http';
import { gatePageRoot, returnParameter } from '../../contract/gate-page.ts';
import { onlyReads } from '../../domain/method-override.ts';
import { returnAddress } from '../../domain/return-address.ts';
import type { Asked } from './answers.ts';
import type { ClientHeaders } from './client-headers.ts';

const ownFolder = gatePageRoot.slice(0, -1);

/** Is it the target (path and query) of a request as browsers and proxies send it to a server? */
export function isOriginForm(target: string): boolean {
  return /^\/[\x21\x22\x24-\x7e]*$/u.test(target);
}

/** Is it one of the gate's own pages? Everything else is the console's. */
export function isOwnTarget(target: string): boolean {
  if (!target.startsWith(ownFolder)) return false;
  const next = target[ownFolder.length];
  return next === undefined || next === '/' || next === '?';
}

/**
 * The console's page to return to; its start for anything else: the gate's own pages, and what changes
 * something by a method in its query, because whoever made people sign in may have thought of it.
 */
export function consoleAddress(target: string): string {
  const address = returnAddress(target, '/');
  // As browsers read it: without dot segments.
  const { pathname } = new URL(address, 'http://gate.invalid');
  return isOwnTarget(pathname) || !onlyReads('GET', address) ? '/' : address;
}

/** Where people sign in, and then go on to what they asked for. */
export function signInAddress(target: string): string {
  return `${gatePageRoot}?${new URLSearchParams({ [returnParameter]: consoleAddress(target) }).toString()}`;
}

/** The page that explains what was refused. */
export function refusedAddress(facts: {
  readonly code: string;
  readonly method: string;
  readonly target: string;
  readonly reference: string;
}): string {
  const { code, method, target, reference } = facts;
  const path = (target.split(/[?#]/u, 1)[0] ?? '').slice(0, 300);
  return `${gatePageRoot}refused?${new URLSearchParams({ code, method, path, reference }).toString()}`;
}

/** Does a browser ask for a page, so that it can be sent to another one? */
export function isNavigation(headers: IncomingHttpHeaders): boolean {
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined && mode !== 'navigate') return false;
  return (headers.accept ?? '').includes('text/html');
}

/**
 * Browsers name the origin of a page that changes something or opens a WebSocket; where they don't,
 * as for a link that changes something by a method in its query, or a page hides it (`Referrer-Policy:
 * no-referrer`), `Sec-Fetch-Site` tells. No script can set either.
 */
export function isForeign(
  { method, target }: Asked,
  headers: ClientHeaders,
  publicUrl: string,
): boolean {
  if (onlyReads(method, target)) return false;
  const origin = headers.get('origin');
  if (origin === publicUrl) return false;
  if (origin !== undefined && origin !== 'null') return true;
  return headers.get('sec-fetch-site') !== 'same-origin';
}
