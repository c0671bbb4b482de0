import type { getConfiguration, SignInProvider } from '../../contract/configuration.ts';
import type { BodyInputOf, EndpointShape, ResponseOf } from '../../contract/endpoint.ts';
import type { getMe, Me } from '../../contract/me.ts';
import type { PortalSessionEnd } from '../../contract/sessions.ts';
import type { signOut, startSignIn } from '../../contract/web-sign-in.ts';
import { ApiError } from '../failures.ts';
import { valueOf } from './answer.ts';
import { remember, remembered } from './browser-memory.ts';
import { configuration } from './configuration.ts';
import { providerById } from './chosen-provider.ts';
import { requestRenewal, settleRenewal, type RenewalWay } from './renewal.ts';
import { prepareRequest } from './request.ts';
import { sessionStore } from './session-store.ts';
import { onWindowAnswer, openSignInWindow } from './sign-in-window.ts';
import { send } from './transport.ts';
import { WindowFailedError } from './window-errors.ts';

// Written out, because importing the endpoints would bring the contract's schemas into the sign-in page.
type Call<E extends EndpointShape> = Pick<E, 'method' | 'path'>;
const starting: Call<typeof startSignIn> = { method: 'POST', path: '/sign-in' };
const ending: Call<typeof signOut> = { method: 'POST', path: '/sign-out' };
const offering: Call<typeof getConfiguration> = { method: 'GET', path: '/configuration' };
const asking: Call<typeof getMe> = { method: 'GET', path: '/me' };

/** Who the session is known to be of; null until the server has said so. */
let person: Pick<Me, 'tenantId' | 'objectId' | 'userPrincipalName'> | null = null;

async function ask<E extends EndpointShape>(call: Call<E>, body?: unknown): Promise<ResponseOf<E>> {
  const answer = await send(prepareRequest(call, { body }, null), {});
  return valueOf(answer).value as ResponseOf<E>;
}

/** Where to go to sign in by a web-application provider. The answer ties it to this browser. */
export async function signInAddress(body: BodyInputOf<typeof startSignIn>): Promise<string> {
  return (await ask<typeof startSignIn>(starting, body)).url;
}

/** What is offered by now: the page may be older than that. The primary one first. */
export async function providersNow(): Promise<readonly SignInProvider[]> {
  return (await ask<typeof getConfiguration>(offering)).providers;
}

/** Ends the session at the server; answers where to sign out at Microsoft, if anywhere. */
export async function endWebSession(): Promise<string | null> {
  const { url } = await ask<typeof signOut>(ending);
  forgetWebSession();
  return url;
}

/** There is a session now. Its cookie can't be read here: remember that there is one. */
export function enterWebSession(): void {
  const provider = providerById(configuration.providers, remembered('chosenProvider'));
  remember('webSession', provider?.id ?? '');
  remember('signInHint', null);
  sessionStore.send({ kind: 'signedIn', via: 'web' });
}

export function forgetWebSession(): void {
  person = null;
  remember('webSession', null);
}

/** The session is over before the page has shown anything: the sign-in page says why. */
export function leaveWebSession(why: PortalSessionEnd): void {
  forgetWebSession();
  sessionStore.send({ kind: 'signedOut', reason: { kind: 'ended', why } });
}

/** What the server says of the session goes before what the page remembers of it. */
export function noteWhoItIs({ via, providerId, ...who }: Me): void {
  // It may have been asked before somebody signed out, and answered after.
  if (via !== 'web' || sessionStore.get().kind !== 'signedIn') return;
  person = who;
  remember('webSession', providerId);
}

/** Has the server told who it is? Until then there is nothing on the page that could be lost. */
export function isKnown(): boolean {
  return person !== null;
}

/** Asks the person to sign in again in a window, and waits; SessionEndedError when they'd rather not. */
export async function renewWebSession(
  claims: string | null,
  ended: PortalSessionEnd | null,
): Promise<void> {
  await requestRenewal(webRenewal, claims, ended);
}

const webRenewal: RenewalWay = {
  async inWindow(claims) {
    const answer = nextAnswer();
    await openSignInWindow(() => renewalAddress({ ...renewalBody(claims), window: true }));
    await answer;
    await stayWithWhomItWas();
    return null;
  },
  async here(claims) {
    const returnTo = `${location.pathname}${location.search}${location.hash}`;
    location.assign(await renewalAddress({ ...renewalBody(claims), returnTo }));
  },
};

function renewalBody(claims: string | null) {
  const loginHint = person?.userPrincipalName;
  return {
    providerId: remembered('webSession') ?? '',
    returnTo: '/',
    ...(loginHint === undefined || loginHint === null ? {} : { loginHint }),
    ...(claims === null ? {} : { claims: btoa(claims) }),
  };
}

/** By the provider that the session is of; where that was taken back, by another one of its kind. */
async function renewalAddress(body: BodyInputOf<typeof startSignIn>): Promise<string> {
  try {
    return await signInAddress(body);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'provider_inactive') throw error;
    const other = (await providersNow()).find(({ type }) => type === 'web');
    if (other === undefined) throw error;
    return signInAddress({ ...body, providerId: other.id });
  }
}

function nextAnswer(): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = onWindowAnswer((answer) => {
      if (answer.kind === 'verified') return;
      stop();
      if (answer.kind === 'failed') reject(new WindowFailedError(answer.failure));
      else resolve();
    });
  });
}

/** What is on the page is one person's: another one begins with a page of their own. */
async function stayWithWhomItWas(): Promise<void> {
  const before = person;
  const now = await ask<typeof getMe>(asking).catch(() => null);
  if (now === null || before === null) return;
  if (now.tenantId === before.tenantId && now.objectId === before.objectId) return;
  location.assign('/');
  await new Promise(() => {});
}

/**
 * A sign-in in another tab changes the session of all: who it is now is asked, and what waits for a
 * sign-in goes on, unless a change waits for more than that.
 */
export function listenToSignIns(): void {
  onWindowAnswer(({ kind }) => {
    const state = sessionStore.get();
    if (kind !== 'signedIn' || state.kind !== 'signedIn' || state.via !== 'web') return;
    // The window that this tab has opened is waited for where it was opened.
    if (state.renewal?.busy === true) return;
    const waits = state.renewal !== null && state.renewal.claims === null;
    void stayWithWhomItWas().then(() => {
      if (waits) settleRenewal(null);
    });
  });
}
