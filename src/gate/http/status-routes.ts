import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import {
  gateApiRoot,
  gatePageRoot,
  getGateStatus,
  type GateStatus,
} from '../../contract/gate-page.ts';
import { clockProblem } from '../../domain/clock.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { GateContext } from '../in-force.ts';
import type { AssertionKey } from './assertions.ts';
import type { EntraContact } from './entra-watch.ts';
import type { GateMetrics } from './metrics.ts';
import type { Peers } from '../../server/peers.ts';
import { entryRefusal } from './standing.ts';

export interface StatusRoutesDependencies {
  readonly context: GateContext;
  readonly entra: () => EntraContact;
  /** Looks whether Entra answers, unless that was done in the last `pause` milliseconds. */
  readonly lookAtEntra: (pause: number) => Promise<void>;
  /** What is wrong with the gate's certificate, in words; null: nothing. */
  readonly certificate: () => string | null;
  readonly metrics: GateMetrics;
  readonly peers: Peers;
  /** Null: assertions are off. */
  readonly assertionKey: AssertionKey | null;
}

// Somebody who waits at the sign-in page wants to know it as it is now: asked at most so often,
// and waited for so long. Milliseconds.
const lookPause = 10_000;
const lookPatience = 1_000;

/** What anybody may ask; numbers are for this very machine. */
export function statusRoutes(app: FastifyInstance, dependencies: StatusRoutesDependencies): void {
  const { metrics, peers, assertionKey } = dependencies;

  app.get(`${gateApiRoot}${getGateStatus.path}`, async () => {
    const impatient = new AbortController();
    const patience = sleep(lookPatience, undefined, { signal: impatient.signal });
    await Promise.race([dependencies.lookAtEntra(lookPause), patience]).finally(() => {
      patience.catch(() => undefined);
      impatient.abort();
    });
    return statusOf(dependencies);
  });
  app.get(`${gatePageRoot}healthz`, () => ({ status: 'alive' }));
  app.get(`${gatePageRoot}jwks.json`, (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=300')
      .send({ keys: assertionKey === null ? [] : [assertionKey.jwk] }),
  );
  app.get(`${gatePageRoot}metrics`, async (request, reply) => {
    const throughProxy = Object.keys(request.headers).some((name) =>
      /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/u.test(name),
    );
    if (!peers.isLoopback(request.raw) || throughProxy) {
      throw new ProblemError(404, 'not_found', 'There is nothing at this address.');
    }
    return reply.type(metrics.contentType).send(await metrics.render());
  });
}

function statusOf({ context, entra, certificate }: StatusRoutesDependencies): GateStatus {
  const inForce = context.inForce();
  const { bundle } = inForce;
  const refusal = entryRefusal(inForce);
  const portal = context.portal();
  const contact = entra();
  return {
    sensor: bundle?.sensor ?? null,
    refusal: refusal === null ? null : { code: refusal.code, detail: refusal.message },
    portal: {
      url: context.identity.portalUrl,
      reachable: portal.reachable,
      unreachableSince: written(portal.unreachableSince),
    },
    bundleIssuedAt: written(bundle === null ? null : bundle.iat * 1000),
    bundleExpiresAt: written(bundle === null ? null : bundle.exp * 1000),
    entra: {
      loginUrl: bundle?.entra.loginUrl ?? null,
      reachable: contact.reachable,
      unreachableSince: written(contact.unreachableSince),
      reason: contact.reason,
    },
    clock: portal.clockOffset === null ? null : clockProblem(portal.clockOffset),
    certificate: certificate(),
  };
}

/** Milliseconds since 1970, as times travel. */
function written(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
