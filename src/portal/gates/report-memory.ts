import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ReceivedReport } from './report.ts';

export interface ReportMemory {
  /** Up to where events are stored, of a gate that says nothing new; null: the report is to be taken. */
  readonly nothingNew: (gateId: string, report: ReceivedReport) => number | null;
  readonly taken: (gateId: string, report: ReceivedReport, acknowledged: number) => void;
}

interface Taken {
  readonly digest: string;
  readonly clockOffset: number | null;
  readonly acknowledged: number;
}

/** Milliseconds after which a report is stored again: another instance may have taken one in between. */
const storedAgainAfter = 15 * 60_000;
/** Measured anew each time, a clock differs by so many milliseconds and stands still. */
const clockNoise = 2_000;

/**
 * Remembers what gates said last. Most say the same each minute: 100,000 of them would keep a
 * database busy with nothing else. What bundle they hold isn't asked here: memory has it anyway.
 */
export function createReportMemory(): ReportMemory {
  const known = new LRUCache<string, Taken>({ max: 200_000, ttl: storedAgainAfter });
  return {
    nothingNew(gateId, report) {
      if (report.events.length > 0 || report.checks !== undefined) return null;
      const before = known.get(gateId);
      if (before === undefined || before.digest !== digestOf(report)) return null;
      return sameClock(before.clockOffset, report.clockOffset) ? before.acknowledged : null;
    },
    taken(gateId, report, acknowledged) {
      const { clockOffset } = report;
      known.set(gateId, { digest: digestOf(report), clockOffset, acknowledged });
    },
  };
}

function digestOf(report: ReceivedReport): string {
  const { software, origin, queue, failed, trouble, certificateExpiresAt, openSessions } = report;
  const said = [software, origin, queue, failed, trouble, certificateExpiresAt, openSessions];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

function sameClock(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) < clockNoise;
}
