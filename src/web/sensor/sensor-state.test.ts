import { describe, expect, it } from 'vitest';
import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import { nextSensorState, type SensorEvent, type SensorState } from './sensor-state.ts';

const session: GateSessionAnswer = {
  kind: 'entra',
  name: 'Finn Bakker',
  userPrincipalName: 'finn@contoso.example',
  role: 'admin',
  through: null,
  openedAt: '2026-11-22T05:00:00.000Z',
  endsAt: '2026-11-22T13:00:00.000Z',
  idleMinutes: 30,
  consoleRules: { securityAnalyst: [], readOnly: [] },
};
const start: SensorState = { kind: 'working', work: 'starting' };
const nobody: SensorEvent = { kind: 'seen', answer: { session: null, ended: null } };

function after(...events: SensorEvent[]): SensorState {
  return events.reduce(nextSensorState, start);
}

function seen(changes: Partial<GateSessionAnswer> = {}): SensorEvent {
  return { kind: 'seen', answer: { session: { ...session, ...changes }, ended: null } };
}

describe('nextSensorState', () => {
  it('starts with the session that there is', () => {
    expect(after(seen())).toMatchObject({ kind: 'signedIn', roleBefore: null });
  });

  it('starts at sign-in without one, saying why the last one ended', () => {
    expect(after(nobody)).toEqual({ kind: 'signedOut', reason: { kind: 'none' } });
    expect(after({ kind: 'seen', answer: { session: null, ended: 'idle' } })).toEqual({
      kind: 'signedOut',
      reason: { kind: 'ended', ended: 'idle' },
    });
  });

  it('says that the role changed under way, until somebody else signs in', () => {
    const lower = seen({ role: 'readOnly' });
    expect(after(seen(), lower)).toMatchObject({ roleBefore: 'admin' });
    expect(after(seen(), lower, lower)).toMatchObject({ roleBefore: 'admin' });
    const other = seen({ role: 'readOnly', openedAt: '2026-11-22T06:00:00.000Z' });
    expect(after(seen(), lower, other)).toMatchObject({ roleBefore: null });
  });

  it('leaves when the session is over', () => {
    expect(after(seen(), { kind: 'seen', answer: { session: null, ended: 'revoked' } })).toEqual({
      kind: 'signedOut',
      reason: { kind: 'ended', ended: 'revoked' },
    });
    expect(after(seen(), nobody)).toMatchObject({ reason: { kind: 'signedOutElsewhere' } });
    expect(after(seen({ kind: 'recovery' }), nobody)).toMatchObject({
      reason: { kind: 'recoveryEnded' },
    });
  });

  it('keeps the reason while nobody signs in, and enters with another tab', () => {
    const ended: SensorEvent = { kind: 'seen', answer: { session: null, ended: 'total' } };
    expect(after(ended, nobody)).toMatchObject({ reason: { kind: 'ended', ended: 'total' } });
    expect(after(ended, seen())).toMatchObject({ kind: 'signedIn' });
  });

  it('doesn’t interrupt who is on the way, or who reads a refusal', () => {
    const leaving: SensorEvent = { kind: 'work', work: 'redirecting' };
    expect(after(nobody, leaving, seen())).toEqual({ kind: 'working', work: 'redirecting' });
    const problem = {
      type: '',
      title: '',
      status: 403,
      code: 'no_role',
      detail: '',
      reference: '',
    };
    const refused: SensorEvent = { kind: 'refused', problem, asker: null };
    expect(after(refused, nobody)).toMatchObject({ kind: 'refused' });
  });
});
