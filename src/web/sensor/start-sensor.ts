import type { AuthenticationResult } from '@azure/msal-browser';
import { configuration } from '../api/configuration.ts';
import { msalClient } from '../api/msal-client.ts';
import { describeSignInFailure } from '../api/sign-in-failure.ts';
import { keepLooking, look, rememberWanted, sensorStore } from './gate-session.ts';
import { hearOtherTabs } from './other-tabs.ts';
import { enterBy } from './sign-in.ts';
import { keep, recall } from './tab-memory.ts';

/** From the provider's answer, if the page comes back from there; else by the gate's cookie. */
export async function startSensor(): Promise<void> {
  listen();
  const begunWith = recall('signingIn');
  keep('signingIn', null);
  const result = await providerAnswer();
  rememberWanted({ fromProvider: result !== null });
  if (result !== null && 'accessToken' in result) await enterBy(result);
  else if (await look('person')) afterFirstLook(result, begunWith);
  keepLooking();
}

/** Sends nothing anywhere by itself: MSAL's answer, its failure, or null where nobody was away. */
async function providerAnswer(): Promise<AuthenticationResult | { failed: unknown } | null> {
  try {
    await msalClient?.initialize();
    return (await msalClient?.handleRedirectPromise()) ?? null;
  } catch (error) {
    return { failed: error };
  }
}

function afterFirstLook(result: { failed: unknown } | null, begunWith: string | null): void {
  const signedOut = recall('signingOut') !== null;
  keep('signingOut', null);
  if (sensorStore.get().kind !== 'signedOut') return;
  if (result !== null) {
    const failure = describeSignInFailure(result.failed);
    sensorStore.send({ kind: 'signedOut', reason: { kind: 'failed', failure } });
  } else if (begunWith !== null && begunWith !== configuration.provider?.clientId) {
    sensorStore.send({ kind: 'signedOut', reason: { kind: 'applicationChanged' } });
  } else if (signedOut) {
    sensorStore.send({ kind: 'signedOut', reason: { kind: 'signedOut', atMicrosoft: true } });
  }
}

function listen(): void {
  hearOtherTabs(() => void look('page'));
  // Back from the provider's page: a page restored from memory would still say that it is leaving.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
