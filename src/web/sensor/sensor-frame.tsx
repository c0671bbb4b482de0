import { useEffect, useRef, type ReactNode } from 'react';
import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import { configuration, pageBase } from '../api/configuration.ts';
import { sensorPaths } from '../paths.ts';
import { PlaceLine } from './place-line.tsx';
import { readTime } from './time.ts';
import { useNow, usePlace } from './use-stores.ts';

/** What stands around Overview: the sensor above, its own way out, and the recovery banner throughout. */
export function SensorFrame({
  session,
  onSignOut,
  children,
}: {
  session: GateSessionAnswer;
  onSignOut: () => void;
  children: ReactNode;
}) {
  const place = usePlace();
  const name = place?.name ?? configuration.name;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `Overview · ${name}`;
  }, [name]);
  // It takes the place of the sign-in page without a navigation.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="sensor-page">
      {session.kind === 'recovery' && <RecoveryBanner session={session} onEnd={onSignOut} />}
      <header className="outside-brand sensor-head">
        <div className="sensor-bar">
          <a href={sensorPaths.overview()} className="outside-name">
            <img src={`${pageBase}favicon.svg`} alt="" width="28" height="28" />
            Gatehouse
          </a>
          {session.kind === 'entra' && (
            <button type="button" className="sensor-out" onClick={onSignOut}>
              Sign out
            </button>
          )}
        </div>
        <h1 ref={heading} tabIndex={-1}>
          <span className="outside-hidden">Overview of </span>
          {name}
        </h1>
        {place !== null && <PlaceLine place={place} />}
      </header>
      <main className="sensor-main">{children}</main>
      <footer className="outside-foot sensor-foot">
        <a href={sensorPaths.troubleshooting()}>Troubleshooting</a>
        {configuration.version !== '' && <span>Gatehouse {configuration.version}</span>}
      </footer>
    </div>
  );
}

function RecoveryBanner({ session, onEnd }: { session: GateSessionAnswer; onEnd: () => void }) {
  const now = useNow();
  return (
    <aside className="sensor-recovery" aria-label="Recovery session">
      <p>
        <strong>Recovery session until {readTime(Date.parse(session.endsAt), now)}:</strong>{' '}
        everything is recorded.
      </p>
      <button type="button" onClick={onEnd}>
        End recovery session
      </button>
    </aside>
  );
}
