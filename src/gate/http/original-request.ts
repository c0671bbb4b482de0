import type { IncomingMessage } from 'node:http';
import { gatePageRoot } from '../../contract/gate-page.ts';
import type { Asked } from './answers.ts';
import type { ClientHeaders } from './client-headers.ts';
import { isOriginForm } from './targets.ts';

const authPath = `${gatePageRoot}auth`;

/** Is it the question of a proxy whether somebody else's request may pass? */
export function isAuthTarget(target: string): boolean {
  if (!target.startsWith(authPath)) return false;
  const next = target[authPath.length];
  return next === undefined || next === '/' || next === '?';
}

/** The request that a proxy asks about, and whether the proxy passes on any answer as it is. */
export interface Original {
  /** Null: not said, or said in two ways. */
  readonly asked: Asked | null;
  readonly passesAnswers: boolean;
}

/** No method is empty: it agrees with nothing that is said as a whole, and is none by itself. */
const halfSaid: Asked = { method: '', target: '' };

/**
 * Reads what the proxy says of the original request: `X-Original-Method` and `-URI` (nginx),
 * `X-Forwarded-Method` and `-Uri` (Traefik, Caddy), or the request itself below the path (Envoy).
 * A client can send any of them too, so more than one, where they differ, is none.
 */
export function readOriginal(request: IncomingMessage, headers: ClientHeaders): Original {
  const { method = 'GET', url = '' } = request;
  const originalUri = headers.get('x-original-uri');
  const original = said(headers.get('x-original-method'), originalUri);
  const forwarded = said(headers.get('x-forwarded-method'), headers.get('x-forwarded-uri'));
  const below = url[authPath.length] === '/' ? said(method, url.slice(authPath.length)) : null;
  const first = original ?? forwarded ?? below;
  const agreed =
    first !== null &&
    agrees(first, forwarded) &&
    agrees(first, below) &&
    /^[A-Z]{3,20}$/u.test(first.method) &&
    isOriginForm(first.target);
  return {
    asked: agreed ? { method: methodOf(first.method, headers), target: first.target } : null,
    passesAnswers:
      originalUri === undefined && (isWhole(original) || isWhole(forwarded) || below !== null),
  };
}

function said(method: string | undefined, target: string | undefined): Asked | null {
  const hasMethod = method !== undefined && method !== '';
  const hasTarget = target !== undefined && target !== '';
  if (hasMethod && hasTarget) return { method, target };
  return hasMethod || hasTarget ? halfSaid : null;
}

function agrees(one: Asked, other: Asked | null): boolean {
  return other === null || (other.method === one.method && other.target === one.target);
}

function isWhole(one: Asked | null): boolean {
  return one !== null && one !== halfSaid;
}

/** Over HTTP/2 a WebSocket is opened by CONNECT (RFC 8441), which consoles get as one all the same. */
function methodOf(method: string, headers: ClientHeaders): string {
  return method === 'CONNECT' || opensWebSocket(headers) ? 'WEBSOCKET' : method;
}

/** Proxies may drop `Upgrade` on the way here: what else tells a WebSocket counts as well. */
function opensWebSocket(headers: ClientHeaders): boolean {
  return (
    headers.get('sec-websocket-key') !== undefined ||
    headers.get('sec-websocket-version') !== undefined ||
    isWebSocket(headers.get('upgrade')) ||
    isWebSocket(headers.get('x-original-upgrade'))
  );
}

/**
 * Would it change the connection over to something else than a WebSocket, such as HTTP/2 in the clear?
 * What came through it then, no rule would see.
 */
export function changesProtocol(headers: ClientHeaders): boolean {
  const upgrade = headers.get('upgrade');
  const original = headers.get('x-original-upgrade');
  return (
    (upgrade !== undefined && upgrade !== '' && !isWebSocket(upgrade)) ||
    (original !== undefined && original !== '' && !isWebSocket(original))
  );
}

function isWebSocket(upgrade: string | undefined): boolean {
  return upgrade !== undefined && upgrade.toLowerCase() === 'websocket';
}
