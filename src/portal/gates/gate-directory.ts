import type { Gate, GateFailure, GateProgress } from './gate.ts';
import type { GateRow } from './gate-state.ts';
import { publicKeyOf } from './public-keys.ts';

/** The live gates, in memory. */
export interface GateDirectory {
  readonly size: number;
  all(): Iterable<Gate>;
  ofSensor(sensorId: string): Gate | null;
  byId(gateId: string): Gate | null;
  /** It has just proved that it is there. */
  seen(gateId: string): void;
  /** It says that it holds this bundle. `number`: null where it isn't known. */
  holds(gateId: string, tag: string, number: number | null): void;
  /**
   * What it couldn't apply; null: nothing any more. To be called once the row has been written: this
   * is for this instance, others read it from there.
   */
  failed(gateId: string, failure: GateFailure | null): void;
}

/** A gate whose progress is to be written. */
export interface ProgressToWrite {
  readonly id: string;
  readonly lastSeenAt: number | null;
  readonly appliedTag: string | null;
  readonly appliedNumber: number | null;
  readonly appliedAt: number | null;
}

/** For those who keep the directory up to date. */
export interface GateDirectoryKeeper extends GateDirectory {
  /** Takes the rows of all live gates: those that aren't among them are gone. */
  put(rows: readonly GateRow[]): void;
  /** A moment: rows read after it are newer than what was told before. */
  moment(): number;
  /** Takes what other instances wrote, unless something newer has been told here since the moment. */
  merge(rows: readonly (GateProgress & { readonly id: string })[], since: number): void;
  /** What has been told since the last time. */
  takeUnwritten(): ProgressToWrite[];
  /** Gives back what couldn't be written. */
  giveBack(progress: readonly ProgressToWrite[]): void;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A gate, and the moment at which something was told of it last. */
interface Entry {
  readonly gate: Mutable<Gate>;
  readonly nextX: string | null;
  toldAt: number;
}

/** `onNumber` is told the number of each bundle that a gate turns out to hold. */
export function createGateDirectory(
  now: () => Date,
  onNumber: (held: number) => void,
): GateDirectoryKeeper {
  let byId = new Map<string, Entry>();
  let bySensor = new Map<string, Entry>();
  let unwritten = new Set<string>();
  let moments = 0;

  function tell(gateId: string, change: (gate: Mutable<Gate>) => void): boolean {
    const entry = byId.get(gateId);
    if (entry === undefined) return false;
    entry.toldAt = moments += 1;
    change(entry.gate);
    return true;
  }

  return {
    get size() {
      return byId.size;
    },
    *all() {
      for (const { gate } of byId.values()) yield gate;
    },
    ofSensor: (sensorId) => bySensor.get(sensorId)?.gate ?? null,
    byId: (gateId) => byId.get(gateId)?.gate ?? null,
    seen(gateId) {
      const told = tell(gateId, (gate) => {
        gate.lastSeenAt = now().getTime();
      });
      if (told) unwritten.add(gateId);
    },
    holds(gateId, tag, number) {
      const known = byId.get(gateId)?.gate;
      if (known?.appliedTag === tag && (number === null || known.appliedNumber === number)) return;
      const told = tell(gateId, (gate) => {
        if (gate.appliedTag !== tag) gate.appliedAt = now().getTime();
        gate.appliedNumber = number;
        gate.appliedTag = tag;
      });
      if (told) unwritten.add(gateId);
      if (number !== null) onNumber(number);
    },
    failed(gateId, failure) {
      tell(gateId, (gate) => {
        gate.failure = failure;
        gate.failedAt = failure === null ? null : now().getTime();
      });
    },
    put(rows) {
      const gates = new Map<string, Entry>();
      const sensors = new Map<string, Entry>();
      for (const row of rows) {
        const entry = entryOf(row, byId.get(row.id));
        gates.set(row.id, entry);
        sensors.set(row.sensorId, entry);
      }
      byId = gates;
      bySensor = sensors;
    },
    moment: () => (moments += 1),
    merge(rows, since) {
      for (const { id, ...progress } of rows) {
        const entry = byId.get(id);
        if (entry !== undefined && entry.toldAt < since && !unwritten.has(id)) {
          Object.assign(entry.gate, progress);
        }
      }
    },
    takeUnwritten() {
      const ids = unwritten;
      unwritten = new Set();
      return [...ids].flatMap((id) => byId.get(id)?.gate ?? []);
    },
    giveBack(progress) {
      for (const { id } of progress) unwritten.add(id);
    },
  };
}

/** What is known of a gate stays: its row may be older than what it has told here. */
function entryOf(row: GateRow, known: Entry | undefined): Entry {
  const { x, nextX, ...rest } = row;
  if (known?.gate.publicKey.x === x && known.nextX === nextX) return known;
  const publicKey = publicKeyOf(x);
  const nextPublicKey = nextX === null ? null : publicKeyOf(nextX);
  const progress = known?.gate ?? rest;
  const gate = { ...progress, id: row.id, sensorId: row.sensorId, publicKey, nextPublicKey };
  return { gate, nextX, toldAt: known?.toldAt ?? 0 };
}
