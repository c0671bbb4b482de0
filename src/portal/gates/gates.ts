import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bundle } from '../../contract/gate-protocol.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { bundleRoute } from './bundle-route.ts';
import { createBundleHub, type BundleHub } from './bundle-hub.ts';
import {
  createBundleSource,
  type BundleSource,
  type BundleSourceOptions,
} from './bundle-source.ts';
import type { GateRoutes } from './gate-call.ts';
import { createGateDirectory, type GateDirectory } from './gate-directory.ts';
import { createGateGuard } from './gate-guard.ts';
import { createGateIdentifier } from './identify-gate.ts';
import { createBundleSigner } from './sign-bundle.ts';
import { createProgressExchange } from './write-progress.ts';

export interface GatesOptions {
  readonly database: Pick<Database, 'db' | 'listen'>;
  readonly snapshots: BundleSourceOptions['snapshots'];
  readonly appendAudit: AppendAudit;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
  readonly secretKey: Buffer;
  readonly publicUrl: string;
  readonly entra: Bundle['entra'];
  readonly countFailure: (request: FastifyRequest) => Promise<void>;
  readonly countOpen: (request: FastifyRequest) => Promise<void>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/** What the portal knows of gates, and gives them. */
export interface Gates {
  readonly directory: GateDirectory;
  readonly hub: BundleHub;
  readonly source: BundleSource;
  /** To be called once a change of what the revision `gates` stands for has been committed. */
  readonly changed: () => void;
  /** Serves /gate/v1: the routes of gates, these among them. */
  serve(app: FastifyInstance, routes: readonly GateRoutes[]): Promise<void>;
  /** Ends the waits of gates, and writes what wasn't written. */
  close(): Promise<void>;
}

const exchangeEvery = 10_000;

/** Reads the gates there are and keeps in touch with them. Throws while the database is away. */
export async function createGates(options: GatesOptions): Promise<Gates> {
  const { database, now, onError, publicUrl, entra, snapshots, secretKey } = options;
  const directory = createGateDirectory(now);
  const hub = createBundleHub({
    source: () => source,
    directory,
    signer: createBundleSigner(secretKey),
    now,
  });
  const source = await createBundleSource({
    database,
    snapshots,
    directory,
    issuer: publicUrl,
    entra,
    onView: hub.follow,
    onError,
  });
  const exchange = createProgressExchange(database.db, directory, now);
  const timer = setInterval(() => void exchange().catch(onError), exchangeEvery).unref();

  return {
    directory,
    hub,
    source,
    changed: source.changed,
    async serve(app, routes) {
      await app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        // As it was sent: the gate vouches for its bytes.
        scope.addContentTypeParser(
          'application/json',
          { parseAs: 'buffer' },
          (_request, body, done) => done(null, body),
        );
        const identify = createGateIdentifier({
          ...options,
          directory,
          source,
          promoteKey: () => Promise.resolve(),
        });
        const { serveGate } = createGateGuard(scope, {
          identify,
          directory,
          publicUrl,
          now,
          promoteKey: () => Promise.resolve(),
        });
        for (const each of [bundleRoute({ hub, source: () => source, directory }), ...routes]) {
          each(serveGate);
        }
      });
    },
    async close() {
      clearInterval(timer);
      source.close();
      hub.close();
      await exchange().catch(onError);
    },
  };
}
