import type { FastifyBaseLogger } from 'fastify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { groupsOf } from '../entra/graph-groups.ts';
import { createHttpsOnly } from '../server/https-only.ts';
import { createPeers } from '../server/peers.ts';
import { createReferences } from '../server/references.ts';
import type { TlsFiles } from '../server/tls-files.ts';
import { createAnswers } from './http/answers.ts';
import { createAssertions, loadAssertionKey } from './http/assertions.ts';
import { certificateProblem } from './http/certificate-problem.ts';
import { createHeaderReader } from './http/client-headers.ts';
import type { ConsoleHeader } from './http/console-headers.ts';
import { createEntraWatch } from './http/entra-watch.ts';
import { createForwardAuth } from './http/forward-auth.ts';
import { createFrontDoor } from './http/front-door.ts';
import { createGateEvents } from './http/gate-events.ts';
import { createGatekeeper } from './http/gatekeeper.ts';
import { createGateServer } from './http/gate-server.ts';
import { createIdentities } from './http/identities.ts';
import { openKeptSessions } from './http/kept-sessions.ts';
import { createLiveConnections } from './http/live-connections.ts';
import { createMetrics } from './http/metrics.ts';
import { serveOwnPages } from './http/own-pages.ts';
import { createOwnServer } from './http/own-server.ts';
import { createProxy } from './http/proxy.ts';
import { createRequestHeaders } from './http/request-headers.ts';
import { createSessionCookie } from './http/session-cookie.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { createSignIn } from './http/sign-in.ts';
import { statusRoutes } from './http/status-routes.ts';
import type { GateContext } from './in-force.ts';
import { redeemRecoveryLink } from './recovery-links.ts';

export interface GateOptions {
  readonly context: GateContext;
  /** Origin of the console; null: only other proxies ask (forward auth). */
  readonly upstream: string | null;
  /** The origin that browsers see. */
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  /** Null: plain http. */
  readonly tls: TlsFiles | null;
  /** Whether the console gets a signed assertion of who is asking. */
  readonly assertions: boolean;
  /** Headers that the console reads besides Gatehouse's own. */
  readonly headers?: readonly ConsoleHeader[];
  readonly dataDir: string;
  /** The folder of the built page; absent: where the build puts it. */
  readonly pageFolder?: URL;
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds. */
  readonly limits?: Partial<GateLimits>;
}

export interface GateLimits {
  /** Until the headers of a request have arrived: 15 seconds. */
  readonly headers: number;
  /** That a request's body may stand still: 60 seconds. */
  readonly body: number;
  /** Until the console begins to answer: 5 minutes. */
  readonly answer: number;
  /** Between two looks at what is over, and at what became of Entra: 15 seconds. */
  readonly sweep: number;
}

export interface Gate {
  readonly server: Server;
  /** Returns the port. */
  listen(at: { readonly host: string; readonly port: number }): Promise<number>;
  close(): Promise<void>;
}

/** Composes the HTTP side of a gate. It doesn't listen yet. */
export async function createGate(options: GateOptions): Promise<Gate> {
  const { context, publicUrl, upstream, trustedProxies, dataDir, tls, logger } = options;
  const { now = Date.now, headers: consoleHeaders = [] } = options;
  const limits = {
    headers: 15_000,
    body: 60_000,
    answer: 300_000,
    sweep: 15_000,
    ...options.limits,
  };
  const onError = (error: unknown) => logger?.warn({ reason: String(error) }, 'in the background');

  const references = createReferences();
  const answers = createAnswers(publicUrl, references);
  const peers = createPeers(trustedProxies);
  const events = createGateEvents(context, now);
  const live = createLiveConnections();
  const cookie = createSessionCookie(context.identity.gateId);
  const entra = createEntraWatch(now);

  const kept = await openKeptSessions({ context, dataDir, events, live, onError });
  const { store: sessions } = kept;
  const gatekeeper = createGatekeeper({
    context,
    cookie,
    sessions,
    live,
    now,
    onUsed: kept.used,
  });
  const metrics = createMetrics({
    openSessions: () => sessions.size,
    portalReachable: () => context.portal().reachable,
    bundleExpiresAt: () => context.inForce().bundle?.exp ?? null,
  });
  const assertionKey = options.assertions ? await loadAssertionKey(dataDir) : null;
  const identities = createIdentities(
    consoleHeaders,
    assertionKey === null
      ? null
      : createAssertions({ key: assertionKey, identity: context.identity, publicUrl, now }),
  );
  const proxy =
    upstream === null ? null : createProxy({ upstream, publicUrl, answerTimeout: limits.answer });
  const count = metrics.decided;
  const door = createFrontDoor({
    answers,
    gatekeeper,
    events,
    live,
    peers,
    publicUrl,
    count,
    console:
      upstream === null || proxy === null
        ? null
        : { proxy, origins: { upstream, publicUrl }, answerTimeout: limits.answer },
    readHeaders: createHeaderReader(new Set(consoleHeaders.map(({ name }) => name.toLowerCase()))),
    headersFor: createRequestHeaders(publicUrl, consoleHeaders),
    identityOf: identities.forConsole,
    transportRefusal: createHttpsOnly(peers, tls !== null),
    auth: createForwardAuth({
      answers,
      gatekeeper,
      events,
      peers,
      publicUrl,
      count,
      identityOf: identities.forProxy,
    }),
    ownPages: (request, response) => app.routing(request, response),
    onFailure(failure, error) {
      metrics.failed(failure);
      logger?.warn({ failure, reason: String(error) }, 'the console doesn’t answer');
    },
    bodyPatience: limits.body,
  });

  const server = createGateServer({
    door,
    answers,
    headersTimeout: limits.headers,
    tls,
    onError: (error) => logger?.error({ err: error }, 'request failed'),
  });
  const app = createOwnServer({
    server,
    headers: answers.headers,
    trustedProxies,
    references,
    logger,
  });
  sessionRoutes(app, {
    context,
    gatekeeper,
    sessions,
    cookie,
    events,
    publicUrl,
    now,
    signIn: createSignIn({
      context,
      verifier: entra.verifier,
      readGroups: groupsOf,
      sessions,
      cookie,
      events,
      now,
    }),
    sessionsKept: kept.flush,
    redeemLink: (token) => redeemRecoveryLink(dataDir, token, now()),
  });
  const lookAtEntra = (pause?: number) => {
    entra.verifier(context.inForce().bundle);
    return entra.lookIfDue(pause);
  };
  statusRoutes(app, {
    context,
    entra: entra.contact,
    lookAtEntra,
    certificate: () => certificateProblem(tls?.certificateExpiresAt() ?? null, now()),
    metrics,
    peers,
    assertionKey,
  });
  await serveOwnPages(app, context, options.pageFolder);
  await app.ready();

  const stopListening = context.onChange(() => {
    gatekeeper.sweep();
    void lookAtEntra();
  });
  const sweeping = setInterval(() => {
    gatekeeper.sweep();
    void lookAtEntra();
  }, limits.sweep);
  sweeping.unref();

  return {
    server,
    async listen(at) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(at, () => {
          server.off('error', reject);
          resolve();
        });
      });
      void lookAtEntra();
      return (server.address() as AddressInfo).port;
    },
    async close() {
      clearInterval(sweeping);
      stopListening();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      live.close();
      server.closeAllConnections();
      await app.close();
      await closed;
      await proxy?.close();
      await kept.flush();
    },
  };
}
