import { useEffect, useState, useSyncExternalStore } from 'react';
import { configuration } from '../api/configuration.ts';
import type { Place } from '../outside/explained-refusal.ts';
import { gateStore, sensorStore } from './gate-session.ts';
import type { GateView } from './gate-view.ts';
import type { SensorState } from './sensor-state.ts';

export function useSensorState(): SensorState {
  return useSyncExternalStore(sensorStore.subscribe, sensorStore.get);
}

export function useGate(): GateView {
  return useSyncExternalStore(gateStore.subscribe, gateStore.get);
}

/** The sensor, as the gate knows it now, or knew it when the page was loaded. */
export function usePlace(): Place | null {
  return useGate().status?.sensor ?? configuration.sensor;
}

/** Milliseconds since 1970, anew every half a minute: times are shown by it. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
