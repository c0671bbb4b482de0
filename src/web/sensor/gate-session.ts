import { gateStatus, sessionOfAsker, type LookBy } from '../api/gate.ts';
import { configuration } from '../api/configuration.ts';
import { sensorPaths } from '../paths.ts';
import { nextGateView, unknownGate, type GateView, type GateViewEvent } from './gate-view.ts';
import { atMostEvery } from './at-most-every.ts';
import { askedFirst } from './return-to.ts';
import { nextSensorState, type SensorEvent, type SensorState } from './sensor-state.ts';
import { createStore } from './store.ts';
import { keep, recall } from './tab-memory.ts';

const interval = 15_000;
/** Somebody who comes back from the console within this time isn't sent there again. */
const circle = 20_000;

const machine = createStore<SensorState, SensorEvent>(
  { kind: 'working', work: 'starting' },
  nextSensorState,
);

/** The gate's own state: whether people can sign in, and what to know of it. */
export const gateStore = createStore<GateView, GateViewEvent>(unknownGate, nextGateView);

/** Who is signed in. Whoever comes in is sent on to what they asked for first. */
export const sensorStore = {
  ...machine,
  send: (event: SensorEvent): void => {
    if (event.kind !== 'seen') turns += 1;
    const before = machine.get();
    machine.send(event);
    if (before.kind !== 'signedIn' && machine.get().kind === 'signedIn') goOn();
  },
};

/** How often somebody signed in or out here: what was asked before that is out of date. */
let turns = 0;
let wanted: string | null = null;

/** Where “Open the console” leads: to the page that was asked for first, else to its start. */
export function consoleStart(): string {
  return wanted ?? '/';
}

/** Takes what was asked for first from the address, or from memory when the provider sends the person back. */
export function rememberWanted({ fromProvider }: { fromProvider: boolean }): void {
  if (location.pathname !== sensorPaths.overview()) return;
  wanted = askedFirst(location.search, location.hash);
  if (wanted === null && fromProvider) wanted = askedFirst(`?return=${recall('askedFirst')}`, '');
  keep('askedFirst', wanted);
}

function goOn(): void {
  if (location.pathname !== sensorPaths.overview()) return;
  if (location.search !== '') history.replaceState(null, '', sensorPaths.overview());
  if (wanted === null || sentThereJustNow(wanted)) return;
  keep('askedFirst', null);
  keep('sentTo', JSON.stringify([wanted, Date.now()]));
  machine.send({ kind: 'work', work: 'leaving' });
  location.replace(wanted);
}

/** The console sent the person back at once: going there again would go on for ever. */
function sentThereJustNow(address: string): boolean {
  const [to, at] = JSON.parse(recall('sentTo') ?? '[]') as [to?: unknown, at?: unknown];
  return to === address && typeof at === 'number' && Date.now() - at < circle;
}

/**
 * Asks the gate for its state and for the session of this browser, which `person` keeps from
 * becoming idle. False: it doesn't answer.
 */
export async function look(by: LookBy): Promise<boolean> {
  const turn = turns;
  try {
    const [status, answer] = await Promise.all([gateStatus(), sessionOfAsker(by)]);
    gateStore.send({ kind: 'answered', status, at: Date.now() });
    if (settingsArrived()) return true;
    if (turn === turns) sensorStore.send({ kind: 'seen', answer });
    return true;
  } catch {
    gateStore.send({ kind: 'silent' });
    return false;
  }
}

/** The page learns its provider at load: it loads anew, once, when the gate got its settings since. */
function settingsArrived(): boolean {
  const { status } = gateStore.get();
  const ready = status !== null && status.refusal === null && configuration.provider === null;
  if (!ready || Date.now() - Number(recall('reloadedAt') ?? 0) < 60_000) return false;
  keep('reloadedAt', String(Date.now()));
  location.reload();
  return true;
}

/** Looks again every few seconds while somebody can see it, and when they do something there. */
export function keepLooking(): void {
  const again = async (): Promise<void> => {
    if (document.visibilityState === 'visible') await look('page');
    setTimeout(() => void again(), interval);
  };
  setTimeout(() => void again(), interval);
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look('page');
  });
  const used = atMostEvery(
    interval,
    () => performance.now(),
    () => {
      if (machine.get().kind === 'signedIn') void look('person');
    },
  );
  for (const act of ['pointerdown', 'keydown']) addEventListener(act, used);
}
