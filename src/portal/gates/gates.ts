import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bundle } from '../../contract/gate-protocol.ts';
import type { Routes } from '../http/serve.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { bundleRoute } from './bundle-route.ts';
import { createBundleHub, type BundleHub } from './bundle-hub.ts';
import {
  createBundleSource,
  type BundleSource,
  type BundleSourceOptions,
  type BundleView,
} from './bundle-source.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { keyRoute, promoteGateKey } from './change-gate-key.ts';
import { gateAdminRoutes, redeemRoute } from './enrolment-routes.ts';
import type { GateRoutes } from './gate-call.ts';
import { createGateDirectory, type GateDirectory } from './gate-directory.ts';
import { createGateGuard } from './gate-guard.ts';
import { createGateIdentifier } from './identify-gate.ts';
import { createNumberRaiser } from './raise-number.ts';
import { createBundleSigner } from './sign-bundle.ts';
import { publicKeysRoute, signingKeyRoutes } from './signing-key-routes.ts';
import { keepUp } from './upkeep.ts';
import { createProgressExchange } from './write-progress.ts';

export interface GatesOptions {
  readonly database: Pick<Database, 'db' | 'listen'>;
  readonly snapshots: BundleSourceOptions['snapshots'];
  readonly appendAudit: AppendAudit;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
  readonly secrets: SecretBox;
  readonly publicUrl: string;
  readonly entra: Bundle['entra'];
  /** They count by address, and reject with 429. */
  readonly countFailure: (request: FastifyRequest) => Promise<void>;
  readonly countOpen: (request: FastifyRequest) => Promise<void>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/** What the portal knows of gates, and gives them. */
export interface Gates {
  readonly directory: GateDirectory;
  readonly hub: BundleHub;
  /** To be called once a change of what the revision `gates` stands for has been committed. */
  readonly changed: () => void;
  /** What gates should hold now. Rejects while the database is away. */
  readonly wanted: () => Promise<BundleView>;
  /** Enrolment, revocation and signing keys, for administrators. */
  readonly routes: readonly Routes[];
  /** Serves /gate/v1: these routes of gates, and bundles, enrolment and keys. */
  readonly serve: (app: FastifyInstance, more: readonly GateRoutes[]) => Promise<void>;
  /** Ends the waits of gates. */
  readonly endWaits: () => void;
  /** Writes what wasn't written. */
  readonly close: () => Promise<void>;
}

const exchangeEvery = 10_000;
const keepUpEvery = 3_600_000;

/** Reads the gates there are, and keeps in touch with them. */
export async function createGates(options: GatesOptions): Promise<Gates> {
  const { database, now, onError, publicUrl, entra, snapshots, secrets } = options;
  const directory = createGateDirectory(now, (held) => {
    const number = source.last()?.number;
    if (number !== undefined && held > number) void raiseNumber(held).catch(onError);
  });
  const signer = createBundleSigner(secrets);
  const hub = createBundleHub({ source: () => source, directory, signer, now });
  const source: BundleSource = await createBundleSource({
    database,
    snapshots,
    directory,
    issuer: publicUrl,
    entra,
    onView: (view) => hub.follow(view),
    onError,
  });
  const changed = () => source.changed();
  const deps = { ...options, changed, hub, directory, source };

  const raiseNumber = createNumberRaiser(deps);
  const exchange = createProgressExchange(database.db, directory, now);
  const exchanging = repeatedly(exchange, exchangeEvery, onError);
  const keepingUp = repeatedly(() => keepUp(deps), keepUpEvery, onError);
  void keepUp(deps).catch(onError);
  // Who the gates are must be known before the first of them asks.
  await source.known().catch(() => changed());

  return {
    directory,
    hub,
    changed,
    wanted: () => source.fresh(),
    routes: [gateAdminRoutes(deps), signingKeyRoutes(deps)],
    serve: (app, more) => serveGates(app, deps, more),
    endWaits: () => hub.close(),
    async close() {
      clearInterval(exchanging);
      clearInterval(keepingUp);
      source.close();
      hub.close();
      await exchange().catch(onError);
    },
  };
}

interface ServeDependencies extends GatesOptions {
  readonly changed: () => void;
  readonly hub: BundleHub;
  readonly directory: GateDirectory;
  readonly source: BundleSource;
}

async function serveGates(
  app: FastifyInstance,
  deps: ServeDependencies,
  more: readonly GateRoutes[],
): Promise<void> {
  const { snapshots, source } = deps;
  const routes = [
    bundleRoute(deps),
    keyRoute(deps),
    publicKeysRoute(deps, deps.countOpen),
    redeemRoute({
      ...deps,
      async placeOf(sensorId) {
        const sensor = (await snapshots.current()).sensors.get(sensorId);
        return { sensorName: sensor?.name ?? '', siteName: sensor?.zone.site.name ?? '' };
      },
    }),
    ...more,
  ];
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // As it was sent: the gate vouches for its bytes.
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    const { serveGate, requireOnce } = createGateGuard(scope, {
      ...deps,
      identify: createGateIdentifier(deps),
      told: () => deps.hub.told(),
      async promoteKey(gate, next) {
        await promoteGateKey(gate, next, deps);
        await source.fresh();
      },
    });
    for (const each of routes) each(serveGate, { app: scope, requireOnce });
  });
}

function repeatedly(
  task: () => Promise<void>,
  every: number,
  onError: (error: unknown) => void,
): NodeJS.Timeout {
  return setInterval(() => void task().catch(onError), every).unref();
}
