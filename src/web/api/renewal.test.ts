import { beforeEach, describe, expect, it } from 'vitest';
import { SessionEndedError } from '../failures.ts';
import { declineRenewal, requestRenewal, signInAgain, type RenewalWay } from './renewal.ts';
import { sessionStore } from './session-store.ts';
import { WindowBlockedError, WindowFailedError } from './window-errors.ts';

const failure = { code: 'wrong_tenant', aadsts: null, correlationId: null, traceId: null };

/** A way whose windows do one after the other what is given. */
function way(...windows: readonly (string | Error)[]): RenewalWay {
  const left = [...windows];
  return {
    async inWindow() {
      const next = left.shift();
      if (next instanceof Error) throw next;
      return next ?? null;
    },
    here: async () => {},
  };
}

function renewal() {
  const state = sessionStore.get();
  return state.kind === 'signedIn' ? state.renewal : null;
}

beforeEach(() => {
  sessionStore.send({ kind: 'signedIn', via: 'web' });
});

describe('signing in again', () => {
  it('asks once for all that wait, and says why', async () => {
    const one = requestRenewal(way('token'), null, 'idle');
    const other = requestRenewal(way('another'), null, 'total');
    expect(renewal()).toMatchObject({ ended: 'idle', claims: null, busy: false });
    await signInAgain();
    expect(await Promise.all([one, other])).toEqual(['token', 'token']);
    expect(renewal()).toBeNull();
  });

  it('goes on after a blocked window and a failed one', async () => {
    const waiting = requestRenewal(
      way(new WindowBlockedError(), new WindowFailedError(failure), 'token'),
      '{}',
      null,
    );
    await signInAgain();
    expect(renewal()).toMatchObject({ blocked: true, busy: false });
    await signInAgain();
    expect(renewal()).toMatchObject({ failure, claims: '{}' });
    await signInAgain();
    expect(await waiting).toBe('token');
  });

  it('lets what waits fail when the person would rather not', async () => {
    const waiting = requestRenewal(way(), null, null);
    declineRenewal();
    await expect(waiting).rejects.toBeInstanceOf(SessionEndedError);
    expect(renewal()).toBeNull();
    // Nothing waits any more: the button does nothing.
    await signInAgain();
    expect(renewal()).toBeNull();
  });
});
