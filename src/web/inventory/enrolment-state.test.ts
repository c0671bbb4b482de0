import { describe, expect, it } from 'vitest';
import { enrolmentState, type IssuedToken } from './enrolment-state.ts';

const old = { id: 'g1', enrolledAt: '2026-11-01T00:00:00Z' };
const token = { token: 't', expiresAt: '', portalUrl: '', fingerprint: '', command: '' };
const origin = 'https://sensor.example.com';
const first: IssuedToken = { token, origin, before: null, endsAt: 1 };
const again: IssuedToken = { token, origin, before: old, endsAt: 1 };

describe('enrolmentState', () => {
  it('waits until a gate is there that was not there before', () => {
    expect(enrolmentState(null, old, false).kind).toBe('none');
    expect(enrolmentState(first, null, false).kind).toBe('waiting');
    expect(enrolmentState(first, old, false).kind).toBe('done');
    expect(enrolmentState(again, old, false).kind).toBe('waiting');
    expect(enrolmentState(again, null, false).kind).toBe('waiting');
    expect(enrolmentState(again, { ...old, id: 'g2' }, false).kind).toBe('done');
    const anew = { ...old, enrolledAt: '2026-11-20T00:00:00Z' };
    expect(enrolmentState(again, anew, false).kind).toBe('done');
  });

  it('ends when the time is up, unless the gate came in time', () => {
    expect(enrolmentState(again, old, true).kind).toBe('expired');
    expect(enrolmentState(first, old, true).kind).toBe('done');
  });
});
