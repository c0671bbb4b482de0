import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router-dom';
import { loadPart } from './load-part.ts';
import { paths } from './paths.ts';
import { PageError } from './shell/page-error.tsx';
import { Shell } from './shell/shell.tsx';

type Load = () => Promise<ComponentType>;

const overview: Load = async () => (await import('./overview/overview-page.tsx')).OverviewPage;
const sites: Load = async () => (await import('./inventory/sites-page.tsx')).SitesPage;
const site: Load = async () => (await import('./inventory/site-page.tsx')).SitePage;
const sensors: Load = async () => (await import('./inventory/sensors-page.tsx')).SensorsPage;
const sensor: Load = async () => (await import('./inventory/sensor-page.tsx')).SensorPage;
const inventoryImport: Load = async () => (await import('./inventory/import-page.tsx')).ImportPage;
const settings: Load = async () =>
  (await import('./sensor-settings/settings-page.tsx')).SensorSettingsPage;
const setting: Load = async () =>
  (await import('./sensor-settings/setting-page.tsx')).SensorSettingPage;
const wizard: Load = async () =>
  (await import('./sensor-settings/wizard-page.tsx')).SensorSettingWizardPage;
const myAccess: Load = async () => (await import('./access/my-access-page.tsx')).MyAccessPage;
const whoGetsWhat: Load = async () =>
  (await import('./access/who-gets-what-page.tsx')).WhoGetsWhatPage;
const portalAccess: Load = async () =>
  (await import('./access/portal-access-page.tsx')).PortalAccessPage;
const users: Load = async () => (await import('./users/users-page.tsx')).UsersPage;
const newUser: Load = async () => (await import('./users/new-user-page.tsx')).NewUserPage;
const user: Load = async () => (await import('./users/user-page.tsx')).UserPage;
const signIns: Load = async () => (await import('./activity/sign-ins-page.tsx')).SignInsPage;
const sessions: Load = async () => (await import('./activity/sessions-page.tsx')).SessionsPage;
const security: Load = async () => (await import('./security/security-page.tsx')).SecurityPage;
const audit: Load = async () => (await import('./activity/audit-page.tsx')).AuditPage;
const singleSignOn: Load = async () =>
  (await import('./providers/single-sign-on-page.tsx')).SingleSignOnPage;
const newProvider: Load = async () =>
  (await import('./providers/new-provider-page.tsx')).NewProviderPage;
const provider: Load = async () => (await import('./providers/provider-page.tsx')).ProviderPage;
const editProvider: Load = async () =>
  (await import('./providers/edit-provider-page.tsx')).EditProviderPage;
const help: Load = async () => (await import('./sign-in/help-page.tsx')).HelpPage;
const notFound: Load = async () => (await import('./shell/not-found-page.tsx')).NotFoundPage;

function route(path: string, load: Load): RouteObject {
  return {
    path,
    lazy: async () => ({ Component: await loadPart(load).catch(missingPage) }),
    ErrorBoundary: PageError,
  };
}

/** Fails where the page would be: a route whose `lazy` fails draws nothing (React Router 7.18). */
function missingPage(error: unknown): ComponentType {
  return () => {
    throw error;
  };
}

/** Every page of the application. Parameters keep the names that `paths` gives them. */
export const router = createBrowserRouter([
  {
    Component: Shell,
    ErrorBoundary: PageError,
    HydrateFallback: () => null,
    children: [
      route(paths.overview(), overview),
      route(paths.sites(), sites),
      route('/sites/:siteId', site),
      route(paths.sensors(), sensors),
      route('/sensors/:sensorId', sensor),
      route(paths.inventoryImport(), inventoryImport),
      route(paths.sensorSettings(), settings),
      route(paths.newSensorSetting(), wizard),
      route('/sensor-settings/:settingId', setting),
      route('/sensor-settings/:settingId/edit', wizard),
      route(paths.myAccess(), myAccess),
      route(paths.whoGetsWhat(), whoGetsWhat),
      route(paths.portalAccess(), portalAccess),
      route(paths.users(), users),
      route(paths.newUser(), newUser),
      route('/users/:userId', user),
      route(paths.signIns(), signIns),
      route(paths.sessions(), sessions),
      route(paths.audit(), audit),
      route(paths.singleSignOn(), singleSignOn),
      route('/single-sign-on/new/:type', newProvider),
      route('/single-sign-on/:providerId', provider),
      route('/single-sign-on/:providerId/edit', editProvider),
      route(paths.security(), security),
      route(paths.troubleshooting(), help),
      route('*', notFound),
    ],
  },
]);

/** Fetches the pages that people go to next. A failure shows when one of them is opened. */
export function preloadPages(): void {
  const next = [
    overview,
    sites,
    site,
    sensors,
    sensor,
    settings,
    setting,
    myAccess,
    signIns,
    audit,
  ];
  for (const load of next) void load().catch(() => undefined);
}
