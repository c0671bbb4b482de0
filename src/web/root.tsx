import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { sessionStore } from './api/session-store.ts';
import { loadPart } from './load-part.ts';
import { paths } from './paths.ts';
import { ErrorBoundary } from './sign-in/error-boundary.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { WorkingPage } from './sign-in/working-page.tsx';

const App = lazy(async () => ({
  default: (await loadPart(() => import('./app.tsx'))).App,
}));
const RecoverPage = lazy(async () => ({
  default: (await loadPart(() => import('./sign-in/recover-page.tsx'))).RecoverPage,
}));
const TroubleshootingPage = lazy(async () => ({
  default: (await loadPart(() => import('./sign-in/troubleshooting-page.tsx'))).TroubleshootingPage,
}));

/** What stands before the application: who isn't signed in needs no router and none of its pages. */
export function Root() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<WorkingPage work="loading" />}>
        <Surface />
      </Suspense>
    </ErrorBoundary>
  );
}

function Surface(): ReactNode {
  const session = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const { pathname } = location;
  if (pathname === paths.recover() && session.kind !== 'working') return <RecoverPage />;
  if (session.kind === 'signedIn') return <App via={session.via} />;
  if (pathname === paths.troubleshooting()) return <TroubleshootingPage />;
  if (session.kind === 'working') return <WorkingPage work={session.work} />;
  return <SignInPage reason={session.reason} />;
}
