import type { SignInProvider } from '../../contract/configuration.ts';
import { returnAddress } from '../../domain/return-address.ts';
import { ApiError } from '../failures.ts';
import { remember, remembered, rememberedInTab, rememberInTab } from './browser-memory.ts';
import { providerById } from './chosen-provider.ts';
import { configuration } from './configuration.ts';
import { createMsalClient, msalClient, spaProvider } from './msal-client.ts';
import { sessionStore } from './session-store.ts';
import { describeSignInFailure, isInteractionInProgress } from './sign-in-failure.ts';
import { providersNow, signInAddress } from './web-session.ts';

export interface SignInOptions {
  /** Absent: the one that was used last for another account, else the primary one. */
  readonly providerId?: string;
  readonly otherAccount?: boolean;
  /** Whom the provider should ask for. */
  readonly loginHint?: string;
}

/** Leads to the provider. A second click while the first is under way does nothing. */
export async function signIn(options: SignInOptions = {}): Promise<void> {
  if (isLeaving()) return;
  const last = options.otherAccount === true ? remembered('chosenProvider') : null;
  const provider = providerById(configuration.providers, options.providerId ?? last);
  const returnTo = returnPath();
  sessionStore.send({ kind: 'work', work: 'redirecting' });
  remember('chosenProvider', provider?.id ?? null);
  rememberInTab('returnTo', returnTo);
  try {
    await leaveBy(provider, returnTo, options);
  } catch (error) {
    if (isInteractionInProgress(error)) return;
    const failure = describeSignInFailure(error);
    sessionStore.send({ kind: 'signedOut', reason: { kind: 'failed', failure } });
  }
}

/** Where the sign-in goes on to: this page, unless it is only there to get in. */
function returnPath(): string {
  const { pathname, search, hash } = location;
  if (pathname.startsWith('/sign-in/')) return returnAddress(rememberedInTab('returnTo'), '/');
  return pathname === '/invitation' ? '/' : returnAddress(`${pathname}${search}${hash}`, '/');
}

async function leaveBy(
  provider: SignInProvider | null,
  returnTo: string,
  options: SignInOptions,
): Promise<void> {
  if (provider?.type !== 'web') return leaveByMsal(provider, returnTo, options);
  try {
    await leaveForWebSignIn(provider, returnTo, options);
  } catch (error) {
    const next = isRetired(error) && options.providerId === undefined ? await primaryNow() : null;
    if (next === null || next.id === provider.id) throw error;
    remember('chosenProvider', next.id);
    await leaveBy(next, returnTo, options);
  }
}

function isRetired(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'provider_inactive';
}

/** Since the page was loaded, another provider has taken the place of the primary one. */
async function primaryNow(): Promise<SignInProvider | null> {
  return (await providersNow())[0] ?? null;
}

async function leaveForWebSignIn(
  { id: providerId }: SignInProvider,
  returnTo: string,
  { otherAccount = false, loginHint }: SignInOptions,
): Promise<void> {
  const hint = loginHint === undefined ? {} : { loginHint };
  location.assign(await signInAddress({ providerId, returnTo, otherAccount, ...hint }));
}

async function leaveByMsal(
  provider: SignInProvider | null,
  returnTo: string,
  { otherAccount = false, loginHint }: SignInOptions,
): Promise<void> {
  const spa = provider?.spa ?? spaProvider;
  if (spa === null) return;
  const own = spa.clientId === spaProvider?.clientId && spa.tenantId === spaProvider.tenantId;
  // Another one than the page began with: back from there, the page begins with it.
  const client = own && msalClient !== null ? msalClient : createMsalClient(spa);
  if (client !== msalClient) await client.initialize();
  await client.loginRedirect({
    scopes: [spa.apiScope],
    redirectStartPage: new URL(returnTo, location.origin).href,
    ...(otherAccount ? { prompt: 'select_account' } : {}),
    ...(loginHint === undefined ? {} : { loginHint }),
  });
}

/** A sign-in or a sign-out is on its way out of the page. */
export function isLeaving(): boolean {
  const state = sessionStore.get();
  return state.kind === 'working' && (state.work === 'redirecting' || state.work === 'signingOut');
}
