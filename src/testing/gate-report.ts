import { randomUUID } from 'node:crypto';
import type { GateEvent } from '../contract/gate-report.ts';
import { appendAudits } from '../portal/audit/append.ts';
import { takeReport, type ReceivedReport, type TakenReport } from '../portal/gates/report.ts';
import { enrolledGate } from './gate-rows.ts';
import { importRows, readSites, sampleRows } from './sample-inventory.ts';
import { portalGroups, type TestPortal } from './test-portal.ts';

/** A report of a gate that is well. */
export function gateReport(changes: Partial<ReceivedReport> = {}): ReceivedReport {
  return {
    software: '1.0.0',
    origin: 'https://console.example',
    queue: '90000000-0000-4000-8000-000000000001',
    applied: null,
    failed: null,
    clockOffset: 0,
    certificateExpiresAt: null,
    openSessions: 0,
    events: [],
    ...changes,
  };
}

export const ada = {
  tenantId: '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10',
  objectId: '50000000-0000-4000-8000-000000000001',
  name: 'Ada Byron',
  userPrincipalName: 'ada@contoso.example',
};

type SignInEvent = Extract<GateEvent, { kind: 'signIn' }>;

/** A sign-in that opened a session. */
export function signInEvent(sequence: number, changes: Partial<SignInEvent> = {}): SignInEvent {
  return {
    sequence,
    at: new Date().toISOString(),
    kind: 'signIn',
    person: ada,
    address: '192.0.2.7',
    outcome: 'succeeded',
    code: null,
    role: 'securityAnalyst',
    sessionId: randomUUID(),
    ...changes,
  };
}

/** An event that leaves an audit entry with its number. */
export function lostEvent(sequence: number): GateEvent {
  const at = new Date().toISOString();
  return { sequence, at, kind: 'eventsLost', count: sequence, reason: 'the disk is full' };
}

export function lostEvents(from: number, to: number): GateEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => lostEvent(from + index));
}

export interface Reporter {
  /** Enrols another gate for the same sensor; what follows is about it. */
  newGate(): Promise<string>;
  gateId(): string;
  post(report: Partial<ReceivedReport>): Promise<TakenReport>;
  acknowledged(report: Partial<ReceivedReport>): Promise<number>;
  /** The numbers of the lost events that are in the log, in its order. */
  stored(gateId?: string): Promise<number[]>;
  /** The gate's audit entries of an action. */
  entries(action: string): Promise<{ readonly before: unknown; readonly after: unknown }[]>;
  gateRow(): Promise<Record<string, unknown>>;
}

/** Imports the sample inventory, and reports for gates of one of its sensors. */
export async function createReporter(portal: TestPortal): Promise<Reporter> {
  const { pool } = portal.database;
  const admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  const sensor = (await readSites(admin)).sensor('ANT-TF-01');
  let current = '';

  const post = (changes: Partial<ReceivedReport>) =>
    takeReport(
      { database: portal.database, appendAudits, now: () => new Date() },
      current,
      gateReport(changes),
    );

  return {
    async newGate() {
      await pool.query('update gates set revoked_at = now() where revoked_at is null');
      current = await enrolledGate(pool, sensor.id);
      return current;
    },
    gateId: () => current,
    post,
    acknowledged: async (changes) => (await post(changes)).answer.acknowledged,
    async stored(id = current) {
      const { rows } = await pool.query<{ count: string }>(
        `select after->>'count' as count from audit_events
         where action = 'gate.eventsLost' and after->>'gateId' = $1 order by sequence`,
        [id],
      );
      return rows.map(({ count }) => Number(count));
    },
    async entries(action) {
      const { rows } = await pool.query<{ before: unknown; after: unknown }>(
        `select before, after from audit_events
         where action = $1 and after->>'gateId' = $2 order by sequence`,
        [action, current],
      );
      return rows;
    },
    async gateRow() {
      const { rows } = await pool.query<Record<string, unknown>>(
        'select * from gates where id = $1',
        [current],
      );
      return rows[0] ?? {};
    },
  };
}
