import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Role } from '../../domain/role.ts';
import type { SessionOfAsker } from '../api/gate.ts';
import type { SignInFailure } from '../api/sign-in-failure.ts';
import type { Asker } from '../outside/explained-refusal.ts';

export type Ended = NonNullable<SessionOfAsker['ended']>;

/** Why nobody is signed in, where there is something to say about it. */
export type SignedOutReason =
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly failure: SignInFailure }
  /** The sensor got another application during the sign-in, so its answer is nobody's. */
  | { readonly kind: 'applicationChanged' }
  | { readonly kind: 'ended'; readonly ended: Ended }
  /** By choice. `atMicrosoft`: Entra ID was asked too, and the person is back from there. */
  | { readonly kind: 'signedOut'; readonly atMicrosoft: boolean }
  | { readonly kind: 'signedOutElsewhere' }
  | { readonly kind: 'recoveryEnded' };

export type SensorWork = 'starting' | 'redirecting' | 'opening' | 'leaving' | 'signingOut';

export type SensorState =
  | { readonly kind: 'working'; readonly work: SensorWork }
  | { readonly kind: 'signedOut'; readonly reason: SignedOutReason }
  /** Signed in at Entra ID, but not let in here. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly asker: Asker | null }
  | {
      readonly kind: 'signedIn';
      readonly session: GateSessionAnswer;
      /** What the role was before it changed under way, to say so. */
      readonly roleBefore: Role | null;
    };

export type SensorEvent =
  | { readonly kind: 'work'; readonly work: SensorWork }
  | { readonly kind: 'signedOut'; readonly reason: SignedOutReason }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly asker: Asker | null }
  | { readonly kind: 'signedIn'; readonly session: GateSessionAnswer }
  /** What the gate answers when it is asked again, every few seconds. */
  | { readonly kind: 'seen'; readonly answer: SessionOfAsker };

/** The state of somebody at a gate, as a machine: pure, so that every way through it can be tested. */
export function nextSensorState(state: SensorState, event: SensorEvent): SensorState {
  switch (event.kind) {
    case 'work':
      return { kind: 'working', work: event.work };
    case 'signedOut':
      return { kind: 'signedOut', reason: event.reason };
    case 'refused':
      return { kind: 'refused', problem: event.problem, asker: event.asker };
    case 'signedIn':
      return { kind: 'signedIn', session: event.session, roleBefore: null };
    default:
      return afterLook(state, event.answer);
  }
}

function afterLook(state: SensorState, { session, ended }: SessionOfAsker): SensorState {
  if (state.kind === 'signedIn') {
    return session === null ? over(state.session, ended) : renewed(state, session);
  }
  const waiting = state.kind === 'signedOut' || isStarting(state);
  if (!waiting) return state;
  // Also where somebody signs in in another tab: there is one session for all of them.
  if (session !== null) return { kind: 'signedIn', session, roleBefore: null };
  if (!isStarting(state)) return state;
  return {
    kind: 'signedOut',
    reason: ended === null ? { kind: 'none' } : { kind: 'ended', ended },
  };
}

function isStarting(state: SensorState): boolean {
  return state.kind === 'working' && state.work === 'starting';
}

function over(session: GateSessionAnswer, ended: SessionOfAsker['ended']): SensorState {
  if (session.kind === 'recovery') return { kind: 'signedOut', reason: { kind: 'recoveryEnded' } };
  // Without a reason the cookie is gone: somebody signed out in another tab.
  const reason: SignedOutReason =
    ended === null ? { kind: 'signedOutElsewhere' } : { kind: 'ended', ended };
  return { kind: 'signedOut', reason };
}

function renewed(
  state: Extract<SensorState, { kind: 'signedIn' }>,
  session: GateSessionAnswer,
): SensorState {
  const samePerson = session.openedAt === state.session.openedAt;
  const changed = samePerson && session.role !== state.session.role;
  const roleBefore = changed ? state.session.role : samePerson ? state.roleBefore : null;
  return { kind: 'signedIn', session, roleBefore };
}
