import type { CheckResult } from '../contract/gate-report.ts';
import type { ProxyConfig } from './config.ts';
import { checkConnections, checkTargets } from './connectivity-checks.ts';

export interface CheckSchedule {
  readonly start: () => void;
  /** Something failed, or works again: checks now, unless that was done a moment ago. */
  readonly soon: () => void;
  readonly stop: () => void;
}

export interface CheckScheduleOptions {
  readonly addresses: () => Parameters<typeof checkTargets>[0];
  readonly proxy: ProxyConfig;
  readonly now: () => number;
  readonly onResults: (results: CheckResult[]) => void;
}

const interval = 10 * 60_000;
/** Between two checks, however much fails. */
const leastPause = 30_000;

export function startChecks(options: CheckScheduleOptions): CheckSchedule {
  const { addresses, proxy, now, onResults } = options;
  let timer: NodeJS.Timeout | undefined;
  let checkedAt = -Infinity;
  let running = false;
  let stopped = false;

  async function check(): Promise<void> {
    if (running || stopped) return;
    running = true;
    checkedAt = performance.now();
    const results = await checkConnections(checkTargets(addresses()), proxy, now);
    running = false;
    if (stopped) return;
    onResults(results);
    plan(interval);
  }

  function plan(milliseconds: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void check(), milliseconds).unref();
  }

  return {
    start: () => void check(),
    soon: () => plan(Math.max(0, checkedAt + leastPause - performance.now())),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
