import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { gatePageRoot } from '../../contract/gate-page.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Answers, Asked } from './answers.ts';
import { consoleRefusal, consoleRefused } from './console-guard.ts';
import type { GateEvents } from './gate-events.ts';
import type { Admitted, Gatekeeper } from './gatekeeper.ts';
import type { Peers } from './peers.ts';
import { mayUse } from './may-use.ts';
import { otherReadings, posesAsOwn } from './other-readings.ts';
import { isNavigation, isOriginForm, refusedAddress, signInAddress } from './targets.ts';

export const authPath = `${gatePageRoot}auth`;

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
  return method === 'CONNECT' || opensSocket(headers) ? 'WEBSOCKET' : method;
}

/** Proxies drop `Upgrade` on the way here: what else tells a WebSocket counts as well. */
function opensSocket(headers: IncomingHttpHeaders): boolean {
  return (
    headers['sec-websocket-key'] !== undefined ||
    headers['sec-websocket-version'] !== undefined ||
    /websocket/iu.test(`${String(headers['x-original-upgrade'])} ${String(headers.upgrade)}`)
  );
}

export interface ForwardAuthDependencies {
  readonly answers: Answers;
  readonly gatekeeper: Gatekeeper;
  readonly events: GateEvents;
  readonly peers: Peers;
  readonly publicUrl: string;
  /** Names of the headers that the console reads besides Gatehouse's own, in small letters. */
  readonly consoleHeaders: ReadonlySet<string>;
  /** Everything that an answer of 200 carries: name, value, name, value. */
  readonly identityOf: (admitted: Admitted) => readonly string[];
  readonly count: (outcome: 'allowed' | 'refused' | 'signIn') => void;
}

const untrusted = () =>
  new ProblemError(
    403,
    'untrusted_proxy',
    'Only a proxy that this gate is told to trust, or one on this machine, may ask here.',
  );

const posing = () =>
  new ProblemError(
    403,
    'malformed_request',
    'The request has headers that a console could take for the gate’s.',
  );

/**
 * Answers `/_gatehouse/auth`: 200 with who is asking, 401, or 403. For proxies that pass on any
 * answer, browsers are sent to the sign-in page instead of a 401.
 */
export function createForwardAuth(dependencies: ForwardAuthDependencies) {
  const { answers, gatekeeper, events, peers, publicUrl, identityOf, count } = dependencies;
  const { consoleHeaders } = dependencies;

  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!peers.isLoopback(request) && !peers.isTrusted(request)) {
      return answers.problem(response, untrusted());
    }
    const { asked, passesAnswers } = readOriginal(request);
    const admitted = gatekeeper.admit(request.headers.cookie);
    if (admitted instanceof ProblemError) {
      count('signIn');
      return notAdmitted(request, response, admitted, asked, passesAnswers);
    }
    const refusal = refusalOf(admitted, asked, request.headers);
    if (refusal === null) {
      count('allowed');
      response.writeHead(200, identityOf(admitted) as string[]);
      response.end();
      return;
    }
    count('refused');
    const shown = asked ?? { method: 'GET', target: '/' };
    const address = peers.addressOf(request);
    events.accessRefused(admitted.session, { ...shown, address }, refusal.code);
    const location = refusedAddress({ ...shown, code: refusal.code, reference: '' });
    answers.problem(response, withHeaders(refusal, { 'x-gatehouse-refused': location }));
  };

  function refusalOf(
    admitted: Admitted,
    asked: Asked | null,
    headers: IncomingHttpHeaders,
  ): ProblemError | null {
    const { standing } = admitted;
    const { role } = standing;
    if (asked === null) {
      // Rules can't be asked about what isn't known.
      return role === 'admin'
        ? null
        : consoleRefused(role, 'an unknown method on', 'an unknown path');
    }
    const refusal = consoleRefusal(admitted, asked, headers, publicUrl);
    if (refusal !== null || role === 'admin') return refusal;
    // The proxy passes on what the client sent: nobody takes these headers away.
    if (posesAsOwn(headers, consoleHeaders)) return posing();
    const refused = otherReadings(asked, headers).find(
      ({ method, target }) => !mayUse(standing, method, target),
    );
    return refused === undefined ? null : consoleRefused(role, refused.method, refused.target);
  }

  function notAdmitted(
    request: IncomingMessage,
    response: ServerResponse,
    problem: ProblemError,
    asked: Asked | null,
    passesAnswers: boolean,
  ): void {
    const reads = asked?.method === 'GET' || asked?.method === 'HEAD';
    const location = signInAddress(asked !== null && reads ? asked.target : '/');
    if (passesAnswers && isNavigation(request.headers)) {
      return answers.redirect(response, reads ? 302 : 303, publicUrl + location);
    }
    // nginx knows 401 and 403 only, and sends people on by this header.
    const status = problem.status === 403 && !isNavigation(request.headers) ? 403 : 401;
    const { code, message, details = {} } = problem;
    const headers = { 'x-gatehouse-sign-in': location };
    answers.problem(response, new ProblemError(status, code, message, { headers, details }));
  }
}

function withHeaders(
  { status, code, message, details = {} }: ProblemError,
  headers: Readonly<Record<string, string>>,
): ProblemError {
  return new ProblemError(status, code, message, { headers, details });
}
