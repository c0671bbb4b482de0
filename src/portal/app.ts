import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { api } from '../contract/api.ts';
import { getConfiguration } from '../contract/configuration.ts';
import { getMe } from '../contract/me.ts';
import { createWebClient } from '../entra/create-web-client.ts';
import { groupsOf } from '../entra/graph-groups.ts';
import { createGroupEvidenceStore } from './access/group-evidence.ts';
import { createBearerIdentifier } from './access/identify-bearer.ts';
import { identifyPerson } from './access/identify-person.ts';
import { meOf } from './access/me.ts';
import { meRoutes } from './access/me-routes.ts';
import { replacePortalAccess } from './access/portal-access.ts';
import { portalAccessRoutes } from './access/portal-access-routes.ts';
import { appendAudit, appendAudits } from './audit/append.ts';
import { auditRoutes, findAuditEvents } from './audit/events.ts';
import { auditRefusedRequests } from './audit/refused-requests.ts';
import type { Config } from './config.ts';
import { measureGates } from './gates/gate-metrics.ts';
import { createGates } from './gates/gates.ts';
import { createGuard } from './http/guard.ts';
import { serveHealth } from './http/health.ts';
import { serveMetrics } from './http/metrics.ts';
import { serveOpenApi } from './http/openapi-route.ts';
import type { TlsFiles } from '../server/tls-files.ts';
import { createServe, requireServed } from './http/register-endpoint.ts';
import { createRequestLimits, defaultLimits, type Limits } from './http/request-limits.ts';
import { createServer } from './http/server.ts';
import { deliveryNow } from './gates/delivery.ts';
import { deliveryRoutes } from './gates/delivery-routes.ts';
import { gateSessionRoutes } from './gates/gate-session-routes.ts';
import { reportRoute } from './gates/report-route.ts';
import { securitySettingsRoutes } from './gates/security-settings-routes.ts';
import { sensorGateRoutes } from './gates/sensor-gate-routes.ts';
import { inventoryRoutes } from './inventory/routes.ts';
import { createNotifications } from './notifications/notifications.ts';
import { overviewRoutes } from './overview/routes.ts';
import { createPortalPage } from './portal-page.ts';
import { createActiveProviders } from './providers/active-providers.ts';
import { environmentRegistration } from './providers/environment-registration.ts';
import { findExpiringCredentials } from './providers/expiring-credentials.ts';
import { createProviders } from './providers/providers.ts';
import { createRegistrations } from './providers/registrations.ts';
import { createSessions } from './sessions/sessions.ts';
import { findSignIns } from './sessions/sign-ins.ts';
import { ssoSettingRoutes } from './sso-settings/routes.ts';
import { createKeepNews, noteSignIn } from './users/keep-news.ts';
import { createMailer } from './users/mailer.ts';
import { userRoutes } from './users/user-routes.ts';
import type { Database } from './storage/database.ts';
import { bumpRevision } from './storage/revisions.ts';
import type { SecretBox } from './storage/secret-box.ts';
import { createSnapshotCache } from './storage/snapshot-cache.ts';
import { gatehouseVersion } from '../server/version.ts';

export interface PortalOptions {
  readonly config: Config;
  readonly database: Database;
  /** What stored secrets are encrypted with (R20). */
  readonly secrets: SecretBox;
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  /** Absent: plain http. */
  readonly tls?: TlsFiles | null;
  readonly now?: () => Date;
  readonly limits?: Limits;
  /** The folder of the built page; absent: where the build puts it. */
  readonly pageFolder?: URL;
  /** Milliseconds before an incomplete group list counts as a refused sign-in: 30,000. */
  readonly groupsPatience?: number;
}

/** Composes the portal. It doesn't listen yet, and leaves the database open when it closes. */
export async function createPortal(options: PortalOptions): Promise<FastifyInstance> {
  const { config, database, logger, secrets, now = () => new Date() } = options;
  const { publicUrl, trustedProxies, entra } = config;
  const { loginUrl, graphUrl } = entra;
  const app = await createServer({ publicUrl, trustedProxies, logger, tls: options.tls ?? null });
  const onError = (error: unknown) => app.log.warn({ reason: String(error) }, 'in the background');

  const environment = environmentRegistration(entra);
  const prepare = createRegistrations({ loginUrl, graphUrl }, now, onError);
  const active = createActiveProviders(database, environment, prepare);
  const snapshots = await createSnapshotCache(database, active.changed);
  const evidence = createGroupEvidenceStore(database, now);
  const sessions = await createSessions({
    database,
    secrets,
    appendAudit,
    noteSignIn,
    providerName: async (id) =>
      (await active.current()).all.find((one) => one.id === id)?.name ?? null,
    identifyPerson,
    snapshot: snapshots.current,
    loginUrl,
    graphUrl,
    publicUrl,
    readGroups: groupsOf,
    now,
    onError,
    ...(options.groupsPatience === undefined ? {} : { patience: options.groupsPatience }),
  });
  const bearer = createBearerIdentifier({
    evidence,
    spas: () => {
      const current = active.current();
      return current instanceof Promise ? current.then(({ spas }) => spas) : current.spas;
    },
  });
  const providers = createProviders({
    database,
    appendAudit,
    secrets,
    environment,
    prepare,
    active,
    replacePortalAccess,
    loginUrl,
    graphUrl,
    publicUrl,
    now,
    readGroups: groupsOf,
    createClient: createWebClient,
    sessions: sessions.ends,
    changed: snapshots.changed,
  });
  const notifications = createNotifications({
    database,
    secrets,
    appendAudit,
    expiringCredentials: () => findExpiringCredentials(database.db, now()),
    publicUrl,
    now,
    onError,
  });
  const open = sessions.by(providers.web);
  const limits = await createRequestLimits(app, options.limits ?? defaultLimits);
  const gates = await createGates({
    database,
    snapshots,
    appendAudit,
    bumpRevision,
    secrets,
    publicUrl,
    entra: { loginUrl, graphUrl },
    countFailure: limits.countFailure,
    countOpen: limits.countOpen,
    now,
    onError,
  });
  // Before those who are being answered are waited for: gates would wait a minute.
  app.addHook('preClose', async () => gates.endWaits());
  app.addHook('onClose', async () => {
    await gates.close();
    await open.close();
    await notifications.close();
    snapshots.close();
  });

  const admit = createGuard({
    identifier: {
      remembered: (credentials) =>
        credentials.kind === 'bearer'
          ? bearer.remembered(credentials.token, credentials.connection)
          : open.remembered(credentials),
      identify: (credentials) =>
        credentials.kind === 'bearer'
          ? bearer.identify(credentials.token)
          : open.identify(credentials),
    },
    snapshot: snapshots.current,
    recordSignIn: sessions.recordSignIn,
    keepNews: createKeepNews({
      database,
      appendAudit,
      now,
      changed: snapshots.changed,
      snapshot: snapshots.current,
    }),
    limits,
    publicUrl,
    now,
  });
  const page = createPortalPage({
    folder: options.pageFolder,
    providers: active,
    loginUrl,
    graphUrl,
    publicUrl,
  });

  auditRefusedRequests(app, { database, appendAudit, onError });
  measureGates(serveMetrics(app), gates.hub, gates.directory);
  serveHealth(app, database);
  serveOpenApi(app, gatehouseVersion);
  await page.serve(app);

  const { directory, wanted } = gates;
  await gates.serve(app, [reportRoute({ database, appendAudits, directory, now })]);

  const { changed } = snapshots;
  const gatesChanged = gates.changed;
  const delivery = { directory, wanted, now };
  const deliveryBy = async () => (await deliveryNow(delivery)).stateOf;
  const addresses = { loginUrl, graphUrl, publicUrl };
  const writing = { database, appendAudit, bumpRevision, changed };
  const { serve, served } = createServe(app, admit, new Set([getMe]));
  serve(getConfiguration, async ({ request }) => {
    await limits.countOpen(request);
    return page.configuration();
  });
  const nouns = [
    meRoutes({ evidence, graphUrl, readGroups: groupsOf }),
    portalAccessRoutes({ ...writing, adminWays: providers.adminWays }),
    userRoutes({
      ...writing,
      adminWays: providers.adminWays,
      sessionEnds: sessions.ends,
      sendInvitation: config.smtp && createMailer({ smtp: config.smtp, publicUrl, onError }),
      publicUrl,
      now,
      countOpen: limits.countOpen,
    }),
    ...providers.routes(sessions.begin),
    ...open.routes(limits),
    auditRoutes(database),
    inventoryRoutes({ ...writing, deliveryBy }),
    ssoSettingRoutes(writing),
    ...gates.routes,
    deliveryRoutes(delivery),
    sensorGateRoutes({ ...delivery, database, addresses }),
    securitySettingsRoutes({ ...writing, gatesChanged, now }),
    notifications.routes,
    gateSessionRoutes({ ...writing, gatesChanged, now, portalSessions: sessions.ends }),
    overviewRoutes({
      me: meOf,
      recentSignIns: async (asker, limit) =>
        (await findSignIns(database, asker, { limit })).signIns,
      recentChanges: async (asker, limit) =>
        (await findAuditEvents(database, asker, { limit })).events,
      expiringCredentials: providers.expiringCredentials,
    }),
  ];
  for (const routes of nouns) routes(serve, app);
  requireServed(api, served);
  return app;
}
