import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Peers } from '../../server/peers.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Answers, Asked } from './answers.ts';
import type { ClientHeaders } from './client-headers.ts';
import { consoleRefusal, consoleRefused } from './console-guard.ts';
import type { GateEvents } from './gate-events.ts';
import type { Admitted, Gatekeeper } from './gatekeeper.ts';
import { mayUse } from './may-use.ts';
import { changesProtocol, readOriginal } from './original-request.ts';
import { otherReadings } from './other-readings.ts';
import { isNavigation, refusedAddress, signInAddress } from './targets.ts';

export interface ForwardAuthDependencies {
  readonly answers: Answers;
  readonly gatekeeper: Gatekeeper;
  readonly events: GateEvents;
  readonly peers: Peers;
  readonly publicUrl: string;
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

const changing = () =>
  new ProblemError(403, 'upgrade_unsupported', 'Only a WebSocket of the console can be opened.');

/** Answers `/_gatehouse/auth`: 200 with who is asking, 401, or 403. */
export interface ForwardAuth {
  /** For proxies that pass on any answer, browsers are sent to the sign-in page instead of a 401. */
  answer(request: IncomingMessage, response: ServerResponse, headers: ClientHeaders): void;
  /** The same for a question that came as the beginning of a WebSocket: the bytes of an answer. */
  bytes(request: IncomingMessage, headers: ClientHeaders): string;
}

const signInHeader = 'x-gatehouse-sign-in';

export function createForwardAuth(dependencies: ForwardAuthDependencies): ForwardAuth {
  const { answers, gatekeeper, events, peers, publicUrl, identityOf, count } = dependencies;

  /** The headers of the answer (name, value, name, value), or why not. */
  function judge(
    request: IncomingMessage,
    asked: Asked | null,
    headers: ClientHeaders,
  ): readonly string[] | ProblemError {
    if (!peers.isLoopback(request) && !peers.isTrusted(request)) return untrusted();
    const admitted = gatekeeper.admit(headers.get('cookie'));
    if (admitted instanceof ProblemError) {
      count('signIn');
      return signInFirst(admitted, asked, request.headers);
    }
    const refusal = refusalOf(request, admitted, asked, headers);
    if (refusal === null) {
      count('allowed');
      return identityOf(admitted);
    }
    count('refused');
    const shown = asked ?? { method: 'GET', target: '/' };
    const address = peers.addressOf(request);
    events.accessRefused(admitted.session, { ...shown, address }, refusal.code);
    const location = refusedAddress({ ...shown, code: refusal.code, reference: '' });
    return withHeaders(refusal, { 'x-gatehouse-refused': location });
  }

  function refusalOf(
    request: IncomingMessage,
    admitted: Admitted,
    asked: Asked | null,
    headers: ClientHeaders,
  ): ProblemError | null {
    const { standing } = admitted;
    const { role } = standing;
    if (changesProtocol(headers)) return changing();
    if (asked === null) {
      // Rules can't be asked about what isn't known.
      return role === 'admin'
        ? null
        : consoleRefused(role, 'an unknown method on', 'an unknown path');
    }
    const refusal = consoleRefusal(admitted, asked, headers, publicUrl);
    if (refusal !== null || role === 'admin') return refusal;
    // The proxy passes on what the client sent: nobody takes these headers away.
    if (headers.poseAsOwn) return posing();
    if (!headers.override) return null;
    const refused = otherReadings(asked, request.headers).find(
      ({ method, target }) => !mayUse(standing, method, target),
    );
    return refused === undefined ? null : consoleRefused(role, refused.method, refused.target);
  }

  return {
    answer(request, response, headers) {
      const { asked, passesAnswers } = readOriginal(request, headers);
      const verdict = judge(request, asked, headers);
      if (!(verdict instanceof ProblemError)) {
        response.writeHead(200, verdict as string[]);
        response.end();
        return;
      }
      const signIn = verdict.headers[signInHeader];
      if (signIn === undefined || !passesAnswers || !isNavigation(request.headers)) {
        return answers.problem(response, verdict);
      }
      return answers.redirect(response, isReading(asked) ? 302 : 303, publicUrl + signIn);
    },
    bytes(request, headers) {
      const verdict = judge(request, readOriginal(request, headers).asked, headers);
      return verdict instanceof ProblemError ? answers.bytes(verdict) : allowedBytes(verdict);
    },
  };
}

/** nginx knows 401 and 403 only, and sends people on by a header. */
function signInFirst(
  { status, code, message, details = {} }: ProblemError,
  asked: Asked | null,
  headers: IncomingHttpHeaders,
): ProblemError {
  const said = status === 403 && !isNavigation(headers) ? 403 : 401;
  const location = signInAddress(asked !== null && isReading(asked) ? asked.target : '/');
  return new ProblemError(said, code, message, { headers: { [signInHeader]: location }, details });
}

function isReading(asked: Asked | null): boolean {
  return asked?.method === 'GET' || asked?.method === 'HEAD';
}

function allowedBytes(headers: readonly string[]): string {
  const lines = ['HTTP/1.1 200 OK', 'Connection: close'];
  for (let at = 0; at < headers.length; at += 2) {
    lines.push(`${headers[at] ?? ''}: ${headers[at + 1] ?? ''}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function withHeaders(
  { status, code, message, details = {} }: ProblemError,
  headers: Readonly<Record<string, string>>,
): ProblemError {
  return new ProblemError(status, code, message, { headers, details });
}
