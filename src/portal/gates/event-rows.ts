import type { GateEvent } from '../../contract/gate-report.ts';
import { clockTolerance } from '../../domain/clock.ts';
import { shownText } from '../../domain/unsafe-text.ts';
import type { AuditEntry } from '../storage/audit-log.ts';
import type { gateSessions } from '../storage/gate-schema.ts';
import type { signIns, StoredActor } from '../storage/schema.ts';
import { gateActor } from './gate-actor.ts';
import type { QueuedEvent, Unreadable } from './queued-events.ts';

/** Whose events these are: a gate speaks for its own sensor only, whatever it sends. */
export interface EventSource {
  readonly gateId: string;
  readonly queue: string;
  readonly sensor: { readonly id: string; readonly name: string; readonly siteId: string };
  /** Milliseconds that its clock is ahead, as it said. */
  readonly clockOffset: number | null;
  readonly enrolledAt: Date;
  readonly now: Date;
}

export interface SessionEnd {
  readonly sessionId: string;
  readonly at: Date;
  readonly reason: string;
}

/** What an event leaves behind. */
export interface EventRows {
  readonly signIn?: typeof signIns.$inferInsert;
  readonly session?: typeof gateSessions.$inferInsert;
  readonly end?: SessionEnd;
  readonly audit?: AuditEntry;
}

type Of<Kind extends GateEvent['kind']> = Extract<GateEvent, { kind: Kind }>;

/** What is to be stored of an event. Nothing here can fail: what can't be read becomes an entry that says so. */
export function rowsOf(queued: QueuedEvent, source: EventSource): EventRows {
  const { event, sequence } = queued;
  if (event === null) return { audit: notStored(source, sequence, queued.unreadable) };
  switch (event.kind) {
    case 'signIn':
      return signInRows(event, source);
    case 'sessionEnded':
      return {
        end: {
          sessionId: shownText(event.sessionId),
          at: new Date(event.at),
          reason: event.reason,
        },
      };
    case 'accessRefused':
      return {
        audit: {
          ...entry(source, event.at, {
            code: shownText(event.code),
            request: shownText(`${event.method} ${event.path}`),
          }),
          actor: personOf(event.person),
          address: shownAddress(event.address),
          action: 'gate.accessRefused',
          outcome: 'refused',
        },
      };
    case 'recovery':
      return {
        audit: {
          ...entry(source, event.at),
          actor: recoveryActor,
          address: shownAddress(event.address),
          action: recoveryActions[event.step],
        },
      };
    case 'eventsLost': {
      const { count, reason } = event;
      const lost = { count, reason: shownText(reason) };
      return { audit: { ...entry(source, event.at, lost), action: 'gate.eventsLost' } };
    }
    case 'bundleRefused':
      break;
  }
  const refused = { code: shownText(event.code), detail: shownText(event.detail) };
  const audit = entry(source, event.at, refused);
  return { audit: { ...audit, action: 'gate.bundleRefused', outcome: 'refused' } };
}

/** A kept place for what couldn't be stored, so that its loss is known. */
export function notStored(source: EventSource, sequence: number, what: Unreadable): AuditEntry {
  const { kind, problems } = what;
  const audit = entry(source, what.at, { sequence, kind, problems });
  return { ...audit, action: 'gate.eventNotStored', outcome: 'refused' };
}

/** Can a gate's clock have said this truly: after its enrolment, and not in the future? */
export function isDoubtful(at: string, { enrolledAt, now }: EventSource): boolean {
  const time = Date.parse(at);
  return time > now.getTime() + clockTolerance || time < enrolledAt.getTime() - clockTolerance;
}

const recoveryActor: StoredActor = {
  kind: 'recovery',
  name: 'Recovery',
  tenantId: null,
  objectId: null,
};

const recoveryActions: Readonly<Record<Of<'recovery'>['step'], string>> = {
  linkMade: 'gate.recoveryLinkMade',
  sessionOpened: 'gate.recoverySessionOpened',
  sessionClosed: 'gate.recoverySessionClosed',
};

function signInRows(event: Of<'signIn'>, source: EventSource): EventRows {
  const { sensor, gateId, queue } = source;
  const { outcome, role, sessionId } = event;
  const actor = personOf(event.person);
  const address = shownAddress(event.address);
  const code = outcome === 'refused' ? shownText(event.code ?? 'unknown') : null;
  const { tenantId, objectId } = event.person;
  const { name } = actor;
  const at = new Date(event.at);
  const signIn = {
    at,
    tenantId,
    objectId,
    name,
    kind: actor.kind,
    // Also where a queue comes back that was given up, such as with a restored disk.
    signInKey: `${gateId} ${queue} ${event.sequence}`,
    address,
    outcome,
    code,
    portalRole: null,
    sensorId: sensor.id,
    sensorRole: role,
  };
  if (outcome === 'refused') {
    const audit = { ...entry(source, event.at, { code }), actor, address };
    return { signIn, audit: { ...audit, action: 'gate.signInRefused', outcome } };
  }
  if (sessionId === null) return { signIn };
  const session = {
    id: shownText(sessionId),
    gateId,
    sensorId: sensor.id,
    tenantId,
    objectId,
    name,
    role,
    address,
    openedAt: at,
  };
  return { signIn, session };
}

function personOf({
  tenantId,
  objectId,
  name,
  userPrincipalName,
}: Of<'signIn'>['person']): StoredActor {
  const shown = shownText(name.trim() || userPrincipalName.trim() || objectId);
  return { kind: 'entra', name: shown, tenantId, objectId };
}

function shownAddress(address: string | null): string | null {
  return address === null ? null : shownText(address);
}

/** An entry of the gate itself. `at`: when it happened by the gate's clock; null: it didn't say. */
function entry(
  source: EventSource,
  at: string | null,
  content: Readonly<Record<string, unknown>> = {},
): Omit<AuditEntry, 'action'> {
  const { sensor, gateId, clockOffset } = source;
  const doubtful = at !== null && isDoubtful(at, source);
  return {
    actor: gateActor(sensor.name),
    address: null,
    outcome: 'succeeded',
    subject: `Sensor "${sensor.name}" (${sensor.id})`,
    siteIds: [sensor.siteId],
    after: {
      ...content,
      occurredAt: at,
      sensor: { id: sensor.id, name: sensor.name },
      gateId,
      ...(doubtful ? { timeDoubtful: true, clockOffset } : {}),
    },
  };
}

function leavesNoEntry(event: GateEvent): boolean {
  return (
    event.kind === 'sessionEnded' || (event.kind === 'signIn' && event.outcome === 'succeeded')
  );
}

/** One entry for the events of a batch that leave none of their own, but whose times can't be right. */
export function doubtfulTimes(
  events: readonly QueuedEvent[],
  source: EventSource,
): AuditEntry | null {
  const doubtful = events.flatMap(({ event }) =>
    event !== null && leavesNoEntry(event) && isDoubtful(event.at, source) ? [event] : [],
  );
  const [first] = doubtful;
  const last = doubtful.at(-1);
  if (first === undefined || last === undefined) return null;
  const audit = entry(source, first.at, {
    sequences: [first.sequence, last.sequence],
    events: doubtful.length,
  });
  return { ...audit, action: 'gate.clockDoubtful' };
}
