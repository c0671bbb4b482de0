import { describe, expect, it } from 'vitest';
import type { GateSession } from '../../contract/sessions.ts';
import { matchingSessions, sessionFilterFrom, sessionsOf } from './session-filter.ts';

const one: GateSession = {
  id: 'a',
  sensorId: 's1',
  sensorName: 'Line 4',
  siteName: 'Oslo',
  person: { name: 'Ada Berg', tenantId: 't', objectId: 'o1' },
  role: 'admin',
  address: '10.0.0.7',
  openedAt: '2026-11-20T12:00:00Z',
  ending: false,
  mayEnd: true,
};
const other: GateSession = {
  ...one,
  id: 'b',
  sensorId: 's2',
  sensorName: 'Paint shop',
  person: { name: 'Ada Berg', tenantId: 't', objectId: 'o2' },
  address: null,
};

describe('matchingSessions', () => {
  it('finds by person, place or address, and at one sensor', () => {
    const ids = (address: string) =>
      matchingSessions([one, other], sessionFilterFrom(new URLSearchParams(address))).map(
        ({ id }) => id,
      );
    expect(ids('')).toEqual(['a', 'b']);
    expect(ids('search=ada')).toEqual(['a', 'b']);
    expect(ids('search=10.0.')).toEqual(['a']);
    expect(ids('sensor=s2')).toEqual(['b']);
    expect(ids('sensor=s2&search=line')).toEqual([]);
  });
});

describe('sessionsOf', () => {
  it('tells people of one name apart', () => {
    expect(sessionsOf([one, other], one.person)).toEqual([one]);
  });
});
