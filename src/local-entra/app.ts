import fastifyCookie from '@fastify/cookie';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Directory, Person } from '../demo/directory-types.ts';
import { createApplicationsUsed } from './applications-used.ts';
import { createAuthorizationCodes } from './authorization-codes.ts';
import { registerAuthenticator } from './authenticator.ts';
import { registerAuthorize } from './authorize.ts';
import { createConsents } from './consents.ts';
import { registerFrontPage } from './front-page.ts';
import { registerGraph } from './graph.ts';
import { createKeys } from './keys.ts';
import { registerLocalSurface } from './local-surface.ts';
import { registerLogout } from './logout.ts';
import { registerMetadata } from './metadata.ts';
import { registerPageAssets } from './page.ts';
import { createPeople } from './people.ts';
import { createPhones } from './phones.ts';
import { registerRegistrations } from './registrations.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSessions } from './sessions.ts';
import { createSignIns } from './sign-ins.ts';
import { stateFile } from './state-file.ts';
import { registerTokenEndpoint } from './token.ts';
import type { ApplicationChange, PersonChange } from './people.ts';
import type { Tenant } from './tenant.ts';

export interface LocalEntraOptions {
  /** 0: any free port. */
  port: number;
  /** `127.0.0.1` makes it another site than an application on `localhost`. */
  host?: 'localhost' | '127.0.0.1';
  directory: Directory;
  /** The portal's address, to link to from the front page. */
  portalOrigin?: string;
  /** Keys and sessions survive a restart here; absent, they live in memory. */
  dataDir?: string;
  /** Log requests. */
  log?: boolean;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** Access tokens live so long; absent, between 60 and 90 minutes, as Entra's do. */
  accessTokenSeconds?: number;
}

export interface LocalEntra {
  origin: string;
  tenantId: string;
  close: () => Promise<void>;
  /** Signs with a new key from now on; `withdraw` also stops publishing the one before. */
  rollKeys: (options?: { withdraw?: boolean }) => Promise<void>;
  /** To the home tenant. */
  addPerson: (person: Person) => void;
  changePerson: (oid: string, change: PersonChange) => void;
  changeApplication: (clientId: string, change: ApplicationChange) => void;
  /** Ends all sessions and refresh tokens of a person. */
  revokeSessions: (oid: string) => void;
}

/**
 * Starts local Entra on a loopback address. Throws what listening throws, such as an error with the
 * code EADDRINUSE.
 */
export async function startLocalEntra(options: LocalEntraOptions): Promise<LocalEntra> {
  const { host = 'localhost' } = options;
  if (!loopback.has(host)) throw new NotLoopbackError(host);
  let origin = '';
  const tenant = await createTenant(options, () => origin);
  const app = createApp(tenant, options);
  await app.listen({ port: options.port, host });
  origin = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  const { people, keys, now } = tenant;
  return {
    origin,
    tenantId: people.directory.tenant.id,
    close: () => app.close(),
    rollKeys: keys.roll,
    addPerson: people.addPerson,
    changePerson: people.changePerson,
    changeApplication: people.changeApplication,
    revokeSessions: (oid) => people.revoke(oid, now()),
  };
}

const loopback = new Set(['localhost', '127.0.0.1']);

/** Local Entra knows everyone's password: it serves this machine only. */
export class NotLoopbackError extends Error {
  readonly code = 'NOT_LOOPBACK';
  constructor(host: string) {
    super(`Local Entra listens on localhost or 127.0.0.1 only, not on ${host}.`);
    this.name = 'NotLoopbackError';
  }
}

async function createTenant(
  { directory, dataDir, clock = Date.now, accessTokenSeconds }: LocalEntraOptions,
  origin: () => string,
): Promise<Tenant> {
  const keys = await createKeys(stateFile(dataDir, 'local-entra-keys.json'));
  const people = createPeople(directory);
  return {
    get origin() {
      return origin();
    },
    people,
    keys,
    sessions: await createSessions(stateFile(dataDir, 'local-entra-sessions.json'), clock),
    applicationsUsed: await createApplicationsUsed(
      stateFile(dataDir, 'local-entra-applications-used.json'),
    ),
    signIns: createSignIns(clock),
    codes: createAuthorizationCodes(clock),
    refreshTokens: createRefreshTokens(keys.refreshKey, clock),
    phones: createPhones(clock),
    consents: createConsents(people),
    graphFailure: {},
    accessTokenLifetime: () => accessTokenSeconds ?? 3600 + Math.floor(Math.random() * 1800),
    now: clock,
  };
}

function createApp(
  tenant: Tenant,
  { log = false, portalOrigin }: LocalEntraOptions,
): FastifyInstance {
  const app = Fastify({ logger: log, forceCloseConnections: true, bodyLimit: 256 * 1024 });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_, body, done) => done(null, body),
  );
  app.addHook('onRequest', async (request, reply) => {
    // A foreign name that resolves to this machine (DNS rebinding) reaches nothing.
    if (!loopback.has(request.hostname)) {
      await reply.code(421).type('text/plain').send('Local Entra answers to localhost only.');
    }
  });
  void app.register(fastifyCookie);
  app.get('/favicon.ico', (_, reply) => reply.code(204).send());
  registerPageAssets(app);
  registerAuthorize(app, tenant);
  registerTokenEndpoint(app, tenant);
  registerLogout(app, tenant);
  registerMetadata(app, tenant);
  registerAuthenticator(app, tenant);
  registerGraph(app, tenant);
  registerLocalSurface(app, tenant);
  registerRegistrations(app, tenant);
  registerFrontPage(app, tenant, portalOrigin);
  return app;
}
