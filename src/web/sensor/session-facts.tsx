import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import { timeAndDistance } from './time.ts';
import { useNow } from './use-stores.ts';

/** How long the session lasts, and how to end it here alone. */
export function SessionFacts({
  session,
  onSignOutHere,
}: {
  session: GateSessionAnswer;
  onSignOutHere: () => void;
}) {
  const now = useNow();
  return (
    <section className="outside-card" aria-labelledby="your-session">
      <h2 id="your-session">Your session</h2>
      <dl className="outside-facts sensor-facts">
        {session.userPrincipalName !== null && (
          <div>
            <dt>Signed in as</dt>
            <dd>{session.userPrincipalName}</dd>
          </div>
        )}
        <div>
          <dt>Opened</dt>
          <dd>{timeAndDistance(Date.parse(session.openedAt), now)}</dd>
        </div>
        <div>
          <dt>Ends at</dt>
          <dd>{timeAndDistance(Date.parse(session.endsAt), now)}</dd>
        </div>
        <div>
          <dt>Ends earlier</dt>
          <dd>
            {session.idleMinutes === null
              ? 'when you end it'
              : `after ${session.idleMinutes} minutes without use`}
          </dd>
        </div>
      </dl>
      {session.kind === 'entra' && (
        <>
          <p className="sensor-soft">
            Sign out ends the session here and at Microsoft Entra ID. Sessions at other sensors go
            on until they are ended there.
          </p>
          <button type="button" className="outside-small" onClick={onSignOutHere}>
            Sign out here only
          </button>
        </>
      )}
    </section>
  );
}
