import type { ReactNode } from 'react';
import { TroubleshootingPage } from '../outside/troubleshooting-page.tsx';
import { Working } from '../outside/working.tsx';
import { sensorPaths } from '../paths.ts';
import { GateAwayPage } from './gate-away-page.tsx';
import { GateRefusalPage } from './gate-refusal-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { RecoverPage } from './recover-page.tsx';
import { RefusedPage } from './refused-page.tsx';
import type { SensorWork } from './sensor-state.ts';
import { SignInPage } from './sign-in-page.tsx';
import { SignInRefusalPage } from './sign-in-refusal-page.tsx';
import { startSensor } from './start-sensor.ts';
import { useGate, useSensorState } from './use-stores.ts';
import './sensor.css';

const words: Record<SensorWork, { title: string; text: string }> = {
  starting: { title: 'One moment', text: 'Checking whether you are signed in…' },
  redirecting: { title: 'Signing you in', text: 'Taking you to Microsoft Entra ID…' },
  opening: { title: 'Signing you in', text: 'Asking the gate for your role here…' },
  leaving: { title: 'Signing you in', text: 'Taking you to the page that you asked for…' },
  signingOut: { title: 'Signing you out', text: 'Signing you out at Microsoft Entra ID, too…' },
};

const addresses: ReadonlySet<string> = new Set(
  Object.values(sensorPaths).map((address) => address()),
);

void startSensor();

/** The page at a gate: a few addresses, told apart without a router. */
export function SensorSurface(): ReactNode {
  const state = useSensorState();
  const gate = useGate();
  const { pathname } = location;
  if (pathname === sensorPaths.troubleshooting()) return <TroubleshootingPage />;
  if (pathname === sensorPaths.recover()) return <RecoverPage />;
  if (!addresses.has(pathname)) return <NotFoundPage />;
  if (state.kind === 'working') {
    const away = state.work === 'starting' && !gate.answers;
    return away ? <GateAwayPage /> : <Working {...words[state.work]} />;
  }
  if (pathname === sensorPaths.refused()) return <RefusedPage />;
  if (state.kind === 'signedIn') return <OverviewPage {...state} />;
  if (state.kind === 'refused') return <SignInRefusalPage {...state} />;
  if (gate.status !== null && gate.status.refusal !== null) {
    return <GateRefusalPage refusal={gate.status.refusal} />;
  }
  return <SignInPage reason={state.reason} />;
}
