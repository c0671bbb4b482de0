import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import type { CheckResult, GateReport } from '../contract/gate-report.ts';
import { gatehouseVersion } from '../server/version.ts';
import { openBundleHolder } from './bundle-holder.ts';
import { followBundle } from './bundle-loop.ts';
import { createBundleStore } from './bundle-store.ts';
import type { GateConfig } from './config.ts';
import { startChecks } from './check-schedule.ts';
import { createContactLog } from './contact.ts';
import { collectDroppedEvents } from './dropped-events.ts';
import { openEventQueue } from './event-queue.ts';
import { gateFolder, type StoredIdentity } from './identity.ts';
import type { GateContext } from './in-force.ts';
import { createKeyRing } from './key-ring.ts';
import { createPortalClient, PortalRefused } from './portal-client.ts';
import { createPortalTransport } from './portal-transport.ts';
import { createReporter } from './reporter.ts';
import { troubleOf } from './trouble.ts';

export interface OpenContext extends GateContext {
  /** Begins to talk to the portal. */
  readonly start: () => void;
  readonly close: () => Promise<void>;
}

export interface ContextOptions {
  readonly config: Pick<GateConfig, 'dataDir' | 'proxy'>;
  readonly identity: StoredIdentity;
  /** The origin that people open the console by. */
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  readonly log: Logger;
  /** When the certificate that is served expires; null: none is served. */
  readonly certificateExpiresAt?: () => Date | null;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** How often what other processes left is looked for. Milliseconds. */
const dropInterval = 5_000;

/** Everything of a gate but what it serves: what decides there, and its line to the portal. */
export async function openContext(options: ContextOptions): Promise<OpenContext> {
  const { config, identity, origin, dispatcher, log, now = Date.now } = options;
  const { certificateExpiresAt = () => null } = options;
  const { gateId, sensorId, portalUrl } = identity;
  const folder = gateFolder(config.dataDir, gateId);
  const expected = { portalUrl, gateId, sensorId };
  const keys = createKeyRing(folder);
  // At the start, and not in the middle of the night: who may read it, and whether it is there.
  await keys.current();

  const eventsFolder = join(config.dataDir, 'events');
  await mkdir(eventsFolder, { recursive: true, mode: 0o700 });
  const holder = await openBundleHolder({
    folder,
    store: createBundleStore(folder, expected),
    expected,
    now,
    log,
    onTrouble: () => reporter.kick(),
  });
  const queue = await openEventQueue({
    folder: eventsFolder,
    log,
    now,
    onKept: () => reporter.kick(),
  });
  const contact = createContactLog(now);
  const client = createPortalClient({
    gateId,
    portalUrl,
    transport: createPortalTransport(portalUrl, dispatcher, now),
    keys,
    now,
  });

  let openSessions = 0;
  let unsentChecks: CheckResult[] | undefined;

  const checks = startChecks({
    addresses: () => {
      const entra = holder.inForce().bundle?.entra;
      return {
        portalUrl,
        loginUrl: entra?.loginUrl ?? null,
        graphUrl: entra?.graphUrl ?? null,
      };
    },
    proxy: config.proxy,
    now,
    onResults(results) {
      unsentChecks = results;
      reporter.kick();
    },
  });

  function answered(): void {
    const { reachable, unreachableSince } = contact.state();
    contact.answered(client.clockOffset());
    if (reachable) return;
    log.info({ since: unreachableSince }, 'the portal is reachable again');
    reporter.resume();
    checks.soon();
  }

  function failed(error: unknown): void {
    if (error instanceof PortalRefused) {
      log.warn({ code: error.code, status: error.status }, error.message);
      return;
    }
    const before = contact.state().reachable;
    contact.failed();
    if (!before) return;
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'no portal');
    checks.soon();
  }

  const reporter = createReporter({
    client,
    queue,
    state: () => report(),
    onAnswer: answered,
    onFailure: failed,
    onSaid({ checks: sent }) {
      if (sent === unsentChecks) unsentChecks = undefined;
    },
  });

  function report(): Omit<GateReport, 'events'> {
    const { bundle } = holder.inForce();
    const trouble = troubleOf(holder.trouble(), queue.trouble());
    const offset = client.clockOffset();
    return {
      software: gatehouseVersion,
      origin,
      queue: queue.id,
      applied: bundle === null ? null : { number: bundle.number, tag: bundle.tag },
      failed: holder.failure(),
      ...(trouble === null ? {} : { trouble }),
      clockOffset: offset === null ? null : Math.round(offset),
      ...(unsentChecks === undefined ? {} : { checks: unsentChecks }),
      certificateExpiresAt: certificateExpiresAt()?.toISOString() ?? null,
      openSessions,
    };
  }

  /** A revoked gate holds nothing that could be unchanged. */
  function tag(): string | null {
    const { bundle, condition } = holder.inForce();
    return condition === 'revoked' ? null : (bundle?.tag ?? null);
  }

  async function apply(jws: string, sent: string | null): Promise<boolean> {
    const before = holder.failure();
    const applied = await holder.apply(jws, client.clockOffset());
    const failure = holder.failure();
    if (applied) {
      const { number, tag: name } = holder.inForce().bundle ?? {};
      log.info({ number, tag: name }, 'a bundle is in force');
    } else if (failure !== null) {
      log.error({ code: failure.code, tag: sent }, failure.detail);
      if (before?.code !== failure.code || before.tag !== failure.tag) {
        queue.record({ kind: 'bundleRefused', code: failure.code, detail: failure.detail });
      }
    }
    reporter.kick();
    return applied;
  }

  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const collect = (): void => {
    collectDroppedEvents(config.dataDir, queue).catch((error: unknown) =>
      log.error({ err: error }, 'what a command left can’t be taken'),
    );
  };
  let collecting: NodeJS.Timeout | undefined;

  return {
    identity: { gateId, sensorId, portalUrl },
    inForce: holder.inForce,
    onChange: holder.onChange,
    portal: contact.state,
    record: (event) => queue.record(event),
    setOpenSessions(count) {
      openSessions = count;
    },
    start() {
      collect();
      collecting = setInterval(collect, dropInterval).unref();
      const { signal } = stopping;
      const follow = followBundle(
        {
          client,
          tag,
          apply,
          failing: () => holder.failure() !== null,
          onUnchanged() {
            if (holder.failure() === null) return;
            holder.confirm();
            reporter.kick();
          },
          onAnswer: answered,
          onFailure: failed,
          onRevoked: holder.revoke,
        },
        signal,
      );
      // Whatever goes wrong there, the gate goes on with what it has.
      running = Promise.all([follow, reporter.run(signal)]).catch((error: unknown) =>
        log.fatal({ err: error }, 'the line to the portal has broken'),
      );
      checks.start();
    },
    async close() {
      clearInterval(collecting);
      checks.stop();
      stopping.abort();
      await running;
      holder.close();
      await queue.close();
    },
  };
}
