import { can, useMe } from '../api/hooks.ts';
import { Page } from '../ui/page.tsx';
import { GateSessions } from './gate-sessions.tsx';
import { PortalSessions } from './portal-sessions.tsx';

/** Open sessions at the portal and at gates, and the way to end them. */
export function SessionsPage() {
  const me = useMe();
  return (
    <Page
      title="Sessions"
      intro="Who is signed in now. Roles are evaluated anew for every request; ending a session acts at once here, and within seconds at a gate that is connected."
    >
      {can(me, 'session.view') && <GateSessions />}
      <PortalSessions />
    </Page>
  );
}
