import { remember, remembered } from '../api/browser-memory.ts';
import { closeSession } from '../api/gate.ts';
import { msalClient } from '../api/msal-client.ts';
import { sensorPaths } from '../paths.ts';
import { forgetTokens } from './forget-tokens.ts';
import { sensorStore } from './gate-session.ts';
import { tellOtherTabs } from './other-tabs.ts';
import { keep } from './tab-memory.ts';

/**
 * Ends the session at the gate, and then, where that is asked for, at the provider. Throws where the
 * gate doesn't answer: then the session isn't over.
 */
export async function signOut({ atMicrosoft }: { atMicrosoft: boolean }): Promise<void> {
  const state = sensorStore.get();
  if (state.kind === 'signedIn') await closeSession();
  const recovery = state.kind === 'signedIn' && state.session.kind === 'recovery';
  tellOtherTabs();
  history.replaceState(null, '', sensorPaths.overview());
  if (atMicrosoft && msalClient !== null && !recovery) return leaveProvider();
  await forgetTokens();
  const reason = recovery
    ? ({ kind: 'recoveryEnded' } as const)
    : ({ kind: 'signedOut', atMicrosoft: false } as const);
  sensorStore.send({ kind: 'signedOut', reason });
}

async function leaveProvider(): Promise<void> {
  if (msalClient === null) return;
  const logoutHint = remembered('signInHint');
  remember('signInHint', null);
  keep('signingOut', 'yes');
  sensorStore.send({ kind: 'work', work: 'signingOut' });
  try {
    await msalClient.logoutRedirect({
      account: msalClient.getActiveAccount(),
      ...(logoutHint === null ? {} : { logoutHint }),
    });
  } catch {
    keep('signingOut', null);
    sensorStore.send({ kind: 'signedOut', reason: { kind: 'signedOut', atMicrosoft: false } });
  }
}
