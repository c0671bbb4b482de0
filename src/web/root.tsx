import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import type { webSignInPaths } from '../contract/web-sign-in.ts';
import { configuration } from './api/configuration.ts';
import { sessionStore } from './api/session-store.ts';
import { loadPart } from './load-part.ts';
import { ErrorBoundary } from './outside/error-boundary.tsx';
import './outside/invitation-token.ts';
import { paths } from './paths.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { WorkingPage } from './sign-in/working-page.tsx';

const consentedPath: typeof webSignInPaths.consented = '/sign-in/consented';

const App = lazy(async () => ({
  default: (await loadPart(() => import('./app.tsx'))).App,
}));
const RecoverPage = lazy(async () => ({
  default: (await loadPart(() => import('./sign-in/recover-page.tsx'))).RecoverPage,
}));
const InvitationPage = lazy(async () => ({
  default: (await loadPart(() => import('./sign-in/invitation-page.tsx'))).InvitationPage,
}));
const ConsentedPage = lazy(async () => ({
  default: (await loadPart(() => import('./sign-in/consented-page.tsx'))).ConsentedPage,
}));
const TroubleshootingPage = lazy(async () => ({
  default: (await loadPart(() => import('./outside/troubleshooting-page.tsx'))).TroubleshootingPage,
}));
const SensorSurface = lazy(async () => ({
  default: (await loadPart(() => import('./sensor/sensor-surface.tsx'))).SensorSurface,
}));

/** What stands before the application: who isn't signed in needs no router and none of its pages. */
export function Root() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<WorkingPage work="loading" />}>
        {configuration.surface === 'sensor' ? <SensorSurface /> : <PortalSurface />}
      </Suspense>
    </ErrorBoundary>
  );
}

function PortalSurface(): ReactNode {
  const session = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const { pathname } = location;
  if (pathname === paths.recover() && session.kind !== 'working') return <RecoverPage />;
  if (pathname === paths.invitation() && session.kind !== 'working') return <InvitationPage />;
  if (pathname === consentedPath) return <ConsentedPage />;
  if (session.kind === 'signedIn') return <App via={session.via} />;
  if (pathname === paths.troubleshooting()) return <TroubleshootingPage />;
  if (session.kind === 'working') return <WorkingPage work={session.work} />;
  return <SignInPage reason={session.reason} />;
}
