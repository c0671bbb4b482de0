import type { GateSession } from '../../contract/sessions.ts';
import { comparableName } from '../../domain/unsafe-text.ts';

export interface SessionFilter {
  readonly sensorId: string;
  readonly search: string;
}

/** The filter that an address asks for. */
export function sessionFilterFrom(address: URLSearchParams): SessionFilter {
  return { sensorId: address.get('sensor') ?? '', search: address.get('search') ?? '' };
}

/** Sessions at one sensor, and those whose person, place or address has the text in it. */
export function matchingSessions(
  sessions: readonly GateSession[],
  { sensorId, search }: SessionFilter,
): GateSession[] {
  const wanted = comparableName(search);
  return sessions.filter(
    (one) =>
      (sensorId === '' || one.sensorId === sensorId) &&
      [one.person.name, one.sensorName, one.siteName, one.address ?? ''].some((text) =>
        comparableName(text).includes(wanted),
      ),
  );
}

/** Those of the same person, by tenant and object id (R13). */
export function sessionsOf(
  sessions: readonly GateSession[],
  { tenantId, objectId }: GateSession['person'],
): GateSession[] {
  return sessions.filter(
    ({ person }) => person.tenantId === tenantId && person.objectId === objectId,
  );
}
