import { describe, expect, it } from 'vitest';
import { nextSessionState, type SessionEvent, type SessionState } from './session-state.ts';

const failure = { code: 'timed_out', aadsts: null, correlationId: null, traceId: null };
const start: SessionState = { kind: 'working', work: 'starting' };

function after(...events: SessionEvent[]): SessionState {
  return events.reduce(nextSessionState, start);
}

const signedIn: SessionEvent = { kind: 'signedIn', via: 'entra' };
const needed: SessionEvent = { kind: 'renewalNeeded', claims: null, ended: null };

describe('nextSessionState', () => {
  it('enters and leaves', () => {
    expect(after(signedIn)).toEqual({ kind: 'signedIn', via: 'entra', renewal: null });
    expect(after(signedIn, { kind: 'signedOut', reason: { kind: 'signedOutElsewhere' } })).toEqual({
      kind: 'signedOut',
      reason: { kind: 'signedOutElsewhere' },
    });
  });

  it('says what is being worked on', () => {
    expect(after({ kind: 'work', work: 'continuing' })).toEqual({
      kind: 'working',
      work: 'continuing',
    });
  });

  it('asks once for several requests that wait', () => {
    const state = after(signedIn, needed, { kind: 'renewalStarted' }, needed);
    expect(state).toMatchObject({ renewal: { busy: true } });
  });

  it('keeps the claims of a challenge through a failed attempt', () => {
    const state = after(
      signedIn,
      { kind: 'renewalNeeded', claims: '{}', ended: null },
      { kind: 'renewalStarted' },
      { kind: 'renewalFailed', failure },
    );
    expect(state).toMatchObject({ renewal: { claims: '{}', failure, busy: false } });
  });

  it('says that the window was blocked, also while it is tried again', () => {
    const blocked = [
      signedIn,
      needed,
      { kind: 'renewalStarted' },
      { kind: 'renewalBlocked' },
    ] as const;
    expect(after(...blocked)).toMatchObject({ renewal: { busy: false, blocked: true } });
    expect(after(...blocked, { kind: 'renewalStarted' })).toMatchObject({
      renewal: { busy: true, blocked: true },
    });
  });

  it('forgets the failure when it is tried again, and everything when it is done', () => {
    const failed = [signedIn, needed, { kind: 'renewalFailed', failure }] as const;
    expect(after(...failed, { kind: 'renewalStarted' })).toMatchObject({
      renewal: { failure: null },
    });
    expect(after(...failed, { kind: 'renewalDone' })).toMatchObject({ renewal: null });
  });

  it('ignores a renewal of somebody who has left', () => {
    expect(after(needed)).toEqual(start);
    expect(after(signedIn, { kind: 'renewalStarted' })).toMatchObject({ renewal: null });
  });
});
