import type { Page } from 'playwright-core';
import { apiRoot } from '../src/contract/endpoint.ts';
import { visit } from '../src/testing/entra-sign-in.ts';
import { enterPassword } from '../src/testing/local-entra-pages.ts';
import { chooseAccount } from './web-sign-in-world.ts';
import type { World } from './world.ts';

/** How one sign-in went. */
export interface SignedIn {
  /** `in`, or what it ended with. */
  readonly outcome: string;
  /** What GET /me names. */
  readonly providerId: string | null;
}

/** Signs in and out, again and again, until it is told to end. */
export interface SigningIn {
  /** So far. */
  readonly all: readonly SignedIn[];
  /** Waits until so many more that began after now have come to their end. */
  readonly more: (count: number) => Promise<void>;
  readonly end: () => Promise<readonly SignedIn[]>;
}

const atOnce = 3;

/**
 * Begins a sign-in every so many milliseconds, whether or not the one before is done (three at most
 * are under way); 0: once it is.
 * `once` answers the provider, or throws.
 */
export function keepSigningIn(every: number, once: () => Promise<string>): SigningIn {
  const all: SignedIn[] = [];
  const ending = new AbortController();
  const begun = new Set<Promise<void>>();

  function begin(): Promise<void> {
    const one = once()
      .then(
        (providerId) => ({ outcome: 'in', providerId }),
        (error: unknown) => ({ outcome: String(error), providerId: null }),
      )
      .then((result) => {
        all.push(result);
        begun.delete(one);
      });
    begun.add(one);
    return one;
  }

  const loop = (async () => {
    while (!ending.signal.aborted) {
      // A slow machine is given no more than it can do: they would only wait for each other.
      if (begun.size === atOnce) await Promise.race(begun);
      const one = begin();
      const pause = new Promise((resolve) => void setTimeout(resolve, every));
      // A browser of its own does one thing at a time.
      await (every === 0 ? one : pause);
    }
    await Promise.all(begun);
  })();

  return {
    all,
    async more(count) {
      const wanted = all.length + begun.size + count;
      while (all.length < wanted) await new Promise((resolve) => void setTimeout(resolve, 50));
    },
    async end() {
      ending.abort();
      await loop;
      return all;
    },
  };
}

/**
 * A sign-in without a screen, as the page does it: by what the portal offers first, and where that is
 * taken back at this very moment, by what it offers then. Answers the provider that GET /me names.
 */
export async function signInAndOut(world: World, oid: string): Promise<string> {
  const { origin } = world.portal;
  const cookies = new Map<string, string>();
  const send = async (address: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), origin, cookie };
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const begin = async (): Promise<string> => {
    const offered = await (await send(`${origin}${apiRoot}/configuration`)).json();
    const [{ id: providerId }] = (offered as { providers: [{ id: string }] }).providers;
    const answer = await send(`${origin}${apiRoot}/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ providerId, returnTo: '/' }),
    });
    const said = (await answer.json()) as { url?: string; code?: string };
    if (said.code === 'provider_inactive') return begin();
    if (said.url === undefined) throw new Error(`begin: ${JSON.stringify(said)}`);
    return said.url;
  };

  const entra = visit(world.entra);
  let next = await begin();
  while (next.startsWith(world.entra.origin)) {
    const parameters = Object.fromEntries(new URL(next).searchParams);
    const redirectUri = parameters['redirect_uri'] ?? '';
    const clientId = parameters['client_id'] ?? '';
    const { answer, page } = await entra.authorize({ oid, clientId, redirectUri, parameters });
    if (answer === undefined) throw new Error(`Entra: ${page}`);
    const back = await send(`${redirectUri}?${answer.toString()}`);
    next = back.headers.get('location') ?? `${back.status} ${await back.text()}`;
  }
  if (!next.startsWith('/sign-in/complete')) throw new Error(`callback: ${next}`);
  const me = await send(`${origin}${apiRoot}/me`);
  const said = (await me.json()) as { providerId?: string; details?: { reason?: string } };
  // It opened just before its provider was retired, which ends every session of it, as was announced.
  if (said.details?.reason === 'providerRetired') return signInAndOut(world, oid);
  await send(`${origin}${apiRoot}/sign-out`, { method: 'POST' });
  if (said.providerId === undefined) throw new Error(`me: ${JSON.stringify(said)}`);
  return said.providerId;
}

/** The same by clicks in a browser of their own, from SSO Sign-in to My access. */
export async function clickIn(
  page: Page,
  address: string,
  userPrincipalName: string,
): Promise<string> {
  // As somebody who comes for the first time: what ended the session before isn't looked at here.
  await page.context().clearCookies();
  await page.goto(`${address}/troubleshooting`);
  await page.evaluate(() => localStorage.clear());
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${address}/my-access`);
  await page.getByRole('button', { name: 'SSO Sign-in' }).click();
  await giveAllAnswers(page, userPrincipalName);
  return cameInBy(page);
}

/** At Entra, until My access is there. */
export async function giveAllAnswers(page: Page, userPrincipalName: string): Promise<void> {
  await chooseAccount(page, userPrincipalName);
  await enterPassword(page);
  const arrived = page.getByRole('heading', { level: 1, name: 'My access' });
  // Consent, once for each registration, and "Stay signed in?", each time.
  const question = page.getByRole('button', { name: /^(Accept|No)$/u });
  const failed = page.getByRole('heading', { level: 1, name: /^You aren’t signed in/u });
  for (;;) {
    await arrived.or(question).or(failed).first().waitFor();
    if (await arrived.isVisible()) return;
    if (await failed.isVisible()) throw new Error(await page.getByRole('main').innerText());
    const name = await question.first().innerText();
    const answer = page.getByRole('button', { name, exact: true });
    await answer.click();
    await answer.waitFor({ state: 'detached' });
  }
}

/** The provider of the browser’s session, as GET /me names it. */
export async function cameInBy(page: Page): Promise<string> {
  const me = await page.evaluate(async (path) => (await fetch(path)).json(), `${apiRoot}/me`);
  const { providerId } = me as { providerId?: string };
  if (providerId === undefined) throw new Error(`me: ${JSON.stringify(me)}`);
  return providerId;
}
