import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { onlyReads } from '../../domain/method-override.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Answers, Asked } from './answers.ts';
import { watchBody } from './body-watch.ts';
import { hasBody, type ClientHeaders } from './client-headers.ts';
import { consoleRefusal } from './console-guard.ts';
import type { ForwardAuth } from './forward-auth.ts';
import type { GateEvents } from './gate-events.ts';
import type { Admitted, Gatekeeper } from './gatekeeper.ts';
import { leaveUnread } from './leave-unread.ts';
import type { LiveConnection, LiveConnections } from './live-connections.ts';
import { malformation } from './malformation.ts';
import type { Peers } from '../../server/peers.ts';
import { isAuthTarget } from './original-request.ts';
import type { ConsoleProxy, ProxyFailure } from './proxy.ts';
import type { ForwardedRequest } from './request-headers.ts';
import type { ResponseOrigins } from './response-headers.ts';
import { isOwnTarget } from './targets.ts';
import { forwardUpgrade, isWebSocket } from './upgrade.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

interface ConsoleBehind {
  readonly proxy: ConsoleProxy;
  readonly origins: ResponseOrigins;
  /** Milliseconds until it begins to answer. */
  readonly answerTimeout: number;
}

export interface FrontDoorDependencies {
  readonly answers: Answers;
  readonly gatekeeper: Gatekeeper;
  readonly events: GateEvents;
  readonly live: LiveConnections;
  readonly peers: Peers;
  readonly publicUrl: string;
  /** Null: there is no console behind; only other proxies ask. */
  readonly console: ConsoleBehind | null;
  readonly readHeaders: (request: IncomingMessage) => ClientHeaders;
  readonly headersFor: (request: IncomingMessage, forwarded: ForwardedRequest) => string[];
  readonly identityOf: (admitted: Admitted) => readonly string[];
  readonly auth: ForwardAuth;
  /** Why a request may not come as it came; or null. */
  readonly transportRefusal: (request: IncomingMessage) => ProblemError | null;
  readonly ownPages: Listener;
  readonly onFailure: (failure: ProxyFailure, error: Error) => void;
  readonly count: (outcome: 'allowed' | 'refused' | 'signIn') => void;
  /** Milliseconds that a body may make no progress. */
  readonly bodyPatience: number;
}

/** Everything that comes in: to the question of another proxy, to the gate's own pages, or to the console. */
export function createFrontDoor(dependencies: FrontDoorDependencies) {
  const { answers, gatekeeper, events, live, peers, publicUrl, count } = dependencies;
  const { readHeaders } = dependencies;

  function refusalOf(request: IncomingMessage, target: string, headers: ClientHeaders) {
    return (
      dependencies.transportRefusal(request) ?? malformation(target, request.httpVersion, headers)
    );
  }

  /** `expectsContinue`: the client waits for a word before it sends its body (RFC 9110, 10.1.1). */
  function onRequest(
    request: IncomingMessage,
    response: ServerResponse,
    expectsContinue = false,
  ): void {
    const target = request.url ?? '';
    const headers = readHeaders(request);
    const refusal = refusalOf(request, target, headers);
    if (refusal !== null) return refuseAndClose(response, refusal);
    if (request.method === 'TRACE') return refuseAndClose(response, noTrace());
    if (isOwnTarget(target)) {
      if (isAuthTarget(target)) {
        if (!hasBody(headers)) leaveUnread(request);
        return dependencies.auth.answer(request, response, headers);
      }
      if (expectsContinue) response.writeContinue();
      if (hasBody(headers)) watchBody(request, response, answers, dependencies.bodyPatience, true);
      return dependencies.ownPages(request, response);
    }
    return toConsole(request, response, headers, expectsContinue);
  }

  function toConsole(
    request: IncomingMessage,
    response: ServerResponse,
    headers: ClientHeaders,
    expectsContinue: boolean,
  ): void {
    const { method = 'GET', url: target = '' } = request;
    const asked = { method, target };
    const admitted = enter(request, asked, headers);
    if (admitted instanceof ProblemError) {
      if (isLargeBody(headers)) response.shouldKeepAlive = false;
      return answers.refusal(request, response, admitted, asked);
    }
    if (dependencies.console === null) return answers.problem(response, noConsole());
    if (expectsContinue) response.writeContinue();
    if (hasBody(headers)) watchBody(request, response, answers, dependencies.bodyPatience);
    else leaveUnread(request);
    const { session } = admitted;
    const close = dependencies.console.proxy.forward({
      request,
      response,
      headers: headersOf(request, admitted, headers),
      clientHeaders: headers,
      onFailure: (failure, error) => unanswered(request, response, failure, error),
    });
    const connection: LiveConnection = { ...asked, close };
    live.add(session, connection);
    response.once('close', () => live.remove(session, connection));
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const target = request.url ?? '';
    const refuse = (problem: ProblemError) => void socket.end(answers.bytes(problem));
    const headers = readHeaders(request);
    const refusal = refusalOf(request, target, headers);
    if (refusal !== null) return refuse(refusal);
    // Some proxies ask in the words of the request that they ask about.
    if (isAuthTarget(target)) return void socket.end(dependencies.auth.bytes(request, headers));
    if (!isWebSocket(request) || isOwnTarget(target)) return refuse(notUpgraded());
    const admitted = enter(request, { method: 'WEBSOCKET', target }, headers);
    if (admitted instanceof ProblemError) return refuse(admitted);
    if (dependencies.console === null) return refuse(noConsole());
    const { session } = admitted;
    const connection: LiveConnection = { method: 'WEBSOCKET', target, close: () => close() };
    const close = forwardUpgrade(
      {
        request,
        socket,
        head,
        headers: headersOf(request, admitted, headers),
        answerTimeout: dependencies.console.answerTimeout,
        onFailure(failure, error) {
          dependencies.onFailure(failure, error);
          refuse(unreachable(failure));
        },
        onUsed: () => void gatekeeper.admit(headers.get('cookie')),
        onClosed: () => live.remove(session, connection),
      },
      dependencies.console.origins,
    );
    live.add(session, connection);
  }

  /** Who it is, if they may do this in the console; else why not. */
  function enter(request: IncomingMessage, asked: Asked, headers: ClientHeaders) {
    const admitted = gatekeeper.admit(headers.get('cookie'));
    if (admitted instanceof ProblemError) {
      count('signIn');
      return admitted;
    }
    const refusal = consoleRefusal(admitted, asked, headers, publicUrl);
    count(refusal === null ? 'allowed' : 'refused');
    if (refusal === null) return admitted;
    const address = peers.addressOf(request);
    events.accessRefused(admitted.session, { ...asked, address }, refusal.code);
    return refusal;
  }

  function headersOf(
    request: IncomingMessage,
    admitted: Admitted,
    headers: ClientHeaders,
  ): string[] {
    return dependencies.headersFor(request, {
      headers,
      trusted: peers.isTrusted(request),
      limited: admitted.standing.role !== 'admin',
      identity: dependencies.identityOf(admitted),
    });
  }

  function refuseAndClose(response: ServerResponse, problem: ProblemError): void {
    response.shouldKeepAlive = false;
    answers.problem(response, problem);
  }

  function unanswered(
    request: IncomingMessage,
    response: ServerResponse,
    failure: ProxyFailure,
    error: Error,
  ): void {
    dependencies.onFailure(failure, error);
    if (response.destroyed) return;
    if (!request.complete) response.shouldKeepAlive = false;
    const problem = unreachable(failure);
    const { method = 'GET', url = '/' } = request;
    const repeats = method === 'GET' && onlyReads(method, url);
    answers.page(request, response, problem, {
      title: 'The console doesn’t answer',
      paragraphs: [
        problem.message,
        'Whoever runs the sensor can look whether its console is running.',
      ],
      link: { href: repeats ? url : '/', text: 'Try again' },
      // Only what changes nothing is tried again by itself.
      ...(repeats ? { retryAfter: 10 } : {}),
    });
  }

  return { onRequest, onUpgrade };
}

/** What isn't worth reading to its end, only to keep the connection. */
function isLargeBody(headers: ClientHeaders): boolean {
  return hasBody(headers) && !(Number(headers.get('content-length')) <= 1_000_000);
}

/** The answer would repeat what the console alone is told: who is asking, with the signed assertion. */
const noTrace = () =>
  new ProblemError(405, 'method_not_allowed', 'TRACE isn’t passed on.', { headers: { allow: '' } });

const notUpgraded = () =>
  new ProblemError(400, 'upgrade_unsupported', 'Only a WebSocket of the console can be opened.');

const noConsole = () =>
  new ProblemError(
    404,
    'no_console',
    'This gate stands before no console: another proxy asks it who may pass.',
  );

function unreachable(failure: ProxyFailure): ProblemError {
  return failure === 'timeout'
    ? new ProblemError(
        504,
        'console_unreachable',
        'You are signed in, but the sensor’s own console took too long to answer.',
      )
    : new ProblemError(
        502,
        'console_unreachable',
        'You are signed in, but the sensor’s own console behind this gate can’t be reached.',
        { headers: { 'retry-after': '10' } },
      );
}
