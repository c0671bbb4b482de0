/** How a wait ends. */
export type WaitOutcome = 'changed' | 'unchanged' | 'revoked' | 'closing';

export interface WaitingGate {
  readonly gateId: string;
  readonly sensorId: string;
  /** What it holds. */
  readonly tag: string;
  /** To be called once; the wait is over then. */
  readonly end: (outcome: WaitOutcome) => void;
}

export interface WaitingGates {
  readonly size: number;
  all(): Iterable<WaitingGate>;
  /** A gate waits once: an earlier wait of the same ends as unchanged. */
  add(gate: WaitingGate, seconds: number): void;
  remove(gate: WaitingGate): void;
  /** Ends the wait of all of them. */
  close(): void;
}

interface Slot {
  readonly gate: WaitingGate;
  readonly second: number;
}

/** More than the longest wait. */
const seconds = 64;

/** Gates that wait, in a wheel of seconds: one timer for all of them. */
export function createWaitingGates(): WaitingGates {
  const byGate = new Map<string, Slot>();
  const wheel = Array.from({ length: seconds }, () => new Set<Slot>());
  let second = 0;

  function take(slot: Slot): void {
    wheel[slot.second]?.delete(slot);
    if (byGate.get(slot.gate.gateId) === slot) byGate.delete(slot.gate.gateId);
  }

  function turn(): void {
    second = (second + 1) % seconds;
    for (const slot of wheel[second] ?? []) {
      take(slot);
      slot.gate.end('unchanged');
    }
  }
  const timer = setInterval(turn, 1_000).unref();

  return {
    get size() {
      return byGate.size;
    },
    *all() {
      for (const { gate } of byGate.values()) yield gate;
    },
    add(gate, wait) {
      const earlier = byGate.get(gate.gateId);
      if (earlier !== undefined) {
        take(earlier);
        earlier.gate.end('unchanged');
      }
      // At least a whole second: the current one has begun.
      const turns = Math.min(Math.max(Math.ceil(wait), 1), seconds - 1);
      const slot = { gate, second: (second + turns) % seconds };
      byGate.set(gate.gateId, slot);
      wheel[slot.second]?.add(slot);
    },
    remove(gate) {
      const slot = byGate.get(gate.gateId);
      if (slot?.gate === gate) take(slot);
    },
    close() {
      clearInterval(timer);
      for (const slot of byGate.values()) {
        take(slot);
        slot.gate.end('closing');
      }
    },
  };
}
