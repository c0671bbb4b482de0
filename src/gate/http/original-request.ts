import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gatePageRoot } from '../../contract/gate-page.ts';
import type { Asked } from './answers.ts';
import { isOriginForm } from './targets.ts';

const authPath = `${gatePageRoot}auth`;

/** Is it the question of a proxy whether somebody else's request may pass? */
export function isAuthTarget(target: string): boolean {
  if (!target.startsWith(authPath)) return false;
  const next = target[authPath.length];
  return next === undefined || next === '/' || next === '?';
}

const spellings = [
  ['x-original-method', 'x-original-uri'],
  ['x-forwarded-method', 'x-forwarded-uri'],
] as const;

/** The request that a proxy asks about, and whether the proxy passes on any answer as it is. */
export interface Original {
  /** Null: not said, or said in two ways. */
  readonly asked: Asked | null;
  readonly passesAnswers: boolean;
}

/**
 * Reads what the proxy says of the original request: `X-Original-Method` and `-URI` (nginx),
 * `X-Forwarded-Method` and `-Uri` (Traefik, Caddy), or the request itself below the path (Envoy).
 * A client can send any of them too, so more than one, where they differ, is none.
 */
export function readOriginal(request: IncomingMessage): Original {
  const { headers, method = 'GET', url = '' } = request;
  const rest = url.slice(authPath.length);
  const found: { method: string; target: string }[] = [];
  let unsaid = false;
  for (const [methodName, uriName] of spellings) {
    const said = { method: one(headers[methodName]), target: one(headers[uriName]) };
    if (said.method !== null && said.target !== null) {
      found.push({ method: said.method, target: said.target });
    } else if (said.method !== null || said.target !== null) unsaid = true;
  }
  if (rest.startsWith('/')) found.push({ method, target: rest });
  const [first] = found;
  const usesOriginal = headers['x-original-uri'] !== undefined;
  const agreed =
    !unsaid &&
    first !== undefined &&
    found.every((other) => other.method === first.method && other.target === first.target) &&
    /^[A-Z]{3,20}$/u.test(first.method) &&
    isOriginForm(first.target);
  return {
    asked: agreed ? { ...first, method: methodOf(first.method, headers) } : null,
    passesAnswers: first !== undefined && !usesOriginal,
  };
}

function one(value: string | string[] | undefined): string | null {
  return value === undefined || value === '' ? null : String(value);
}

/** Over HTTP/2 a WebSocket is opened by CONNECT (RFC 8441), which consoles get as one all the same. */
function methodOf(method: string, headers: IncomingHttpHeaders): string {
  return method === 'CONNECT' || opensWebSocket(headers) ? 'WEBSOCKET' : method;
}

/** Proxies may drop `Upgrade` on the way here: what else tells a WebSocket counts as well. */
function opensWebSocket(headers: IncomingHttpHeaders): boolean {
  return (
    headers['sec-websocket-key'] !== undefined ||
    headers['sec-websocket-version'] !== undefined ||
    isWebSocket(headers.upgrade) ||
    isWebSocket(headers['x-original-upgrade'])
  );
}

/**
 * Would it change the connection over to something else than a WebSocket, such as HTTP/2 in the clear?
 * What came through it then, no rule would see.
 */
export function changesProtocol(headers: IncomingHttpHeaders): boolean {
  const { upgrade, 'x-original-upgrade': original } = headers;
  return (
    (upgrade !== undefined && upgrade !== '' && !isWebSocket(upgrade)) ||
    (original !== undefined && original !== '' && !isWebSocket(original))
  );
}

function isWebSocket(upgrade: string | string[] | undefined): boolean {
  return typeof upgrade === 'string' && upgrade.toLowerCase() === 'websocket';
}
