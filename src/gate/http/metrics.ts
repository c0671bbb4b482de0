import { Counter, Gauge, Registry } from 'prom-client';

const outcomes = ['allowed', 'refused', 'signIn'] as const;
const failures = ['unreachable', 'timeout'] as const;

/** Numbers for Prometheus: no person, address or secret among them. */
export interface GateMetrics {
  /** A request for the console, decided. */
  readonly decided: (outcome: (typeof outcomes)[number]) => void;
  failed(failure: (typeof failures)[number]): void;
  readonly contentType: string;
  render(): Promise<string>;
}

export interface MetricsSources {
  readonly openSessions: () => number;
  readonly portalReachable: () => boolean;
  /** Seconds since 1970; null: there is no bundle. */
  readonly bundleExpiresAt: () => number | null;
}

/** Counted as plain numbers, and made into series only when somebody asks. */
export function createMetrics(sources: MetricsSources): GateMetrics {
  const registers = [new Registry()];
  const [register = new Registry()] = registers;
  const decided = { allowed: 0, refused: 0, signIn: 0 };
  const failed = { unreachable: 0, timeout: 0 };

  const decisions = new Counter({
    name: 'gatehouse_gate_decisions_total',
    help: 'Requests for the console, by whether they were let in',
    labelNames: ['outcome'] as const,
    registers,
    collect() {
      decisions.reset();
      for (const outcome of outcomes) decisions.inc({ outcome }, decided[outcome]);
    },
  });
  const failing = new Counter({
    name: 'gatehouse_gate_console_failures_total',
    help: 'Requests that the console didn’t answer',
    labelNames: ['reason'] as const,
    registers,
    collect() {
      failing.reset();
      for (const reason of failures) failing.inc({ reason }, failed[reason]);
    },
  });
  gauge('gatehouse_gate_open_sessions', 'Sessions that are open', sources.openSessions);
  gauge('gatehouse_gate_portal_reachable', 'Whether the portal answers', () =>
    sources.portalReachable() ? 1 : 0,
  );
  gauge(
    'gatehouse_gate_bundle_expiry_seconds',
    'When the settings expire, since 1970',
    () => sources.bundleExpiresAt() ?? Number.NaN,
  );
  gauge('process_resident_memory_bytes', 'Resident memory', () => process.memoryUsage.rss());

  function gauge(name: string, help: string, read: () => number): void {
    const one: Gauge = new Gauge({ name, help, registers, collect: () => one.set(read()) });
  }

  return {
    decided(outcome) {
      decided[outcome] += 1;
    },
    failed(failure) {
      failed[failure] += 1;
    },
    contentType: register.contentType,
    render: () => register.metrics(),
  };
}
