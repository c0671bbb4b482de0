import { createHash, randomBytes } from 'node:crypto';

/** What a test needs to know of a running local Entra. */
export interface EntraAddress {
  origin: string;
  tenantId: string;
}

export interface SignInWish {
  /** Object id of the person. */
  oid: string;
  clientId: string;
  /** Absent: the client's own API, with a refresh token. */
  scope?: string;
  /** Registered for single-page applications. */
  redirectUri?: string;
  /** Further parameters of the authorization request, such as `claims` or `prompt`. */
  parameters?: Record<string, string>;
}

export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
  scope: string;
  expires_in: number;
  refresh_token_expires_in: number;
  client_info: string;
}

/** A browser without a screen: keeps cookies, and walks through local Entra's pages. */
export interface Visitor {
  /** Follows nothing, so that tests see redirects. */
  request: (url: string, init?: RequestInit) => Promise<Response>;
  /** From the authorization request to what comes back at the redirect URI, or the page it ends on. */
  authorize: (wish: SignInWish) => Promise<Arrival>;
  /** The whole sign-in. Throws what the pages or the token endpoint refuse with. */
  signIn: (wish: SignInWish) => Promise<Tokens>;
  /** What it keeps, by name. */
  cookies: ReadonlyMap<string, string>;
}

export interface Arrival {
  /** What the redirect URI received; undefined where the sign-in ended on a page. */
  answer: URLSearchParams | undefined;
  page: string;
  verifier: string;
}

export const defaultRedirectUri = 'http://localhost:8080/redirect.html';

export function visit(entra: EntraAddress): Visitor {
  const cookies = new Map<string, string>();

  const request: Visitor['request'] = async (url, init = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) };
    const response = await fetch(new URL(url, entra.origin), {
      ...init,
      headers,
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };

  const authorize: Visitor['authorize'] = async (wish) => {
    const verifier = randomBytes(32).toString('base64url');
    const { redirectUri = defaultRedirectUri } = wish;
    const query = new URLSearchParams({
      client_id: wish.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      response_mode: 'fragment',
      scope: wish.scope ?? `openid profile offline_access api://${wish.clientId}/access_as_user`,
      nonce: 'nonce',
      state: 'state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...wish.parameters,
    });
    let next = `/${entra.tenantId}/oauth2/v2.0/authorize?${query.toString()}`;
    let form: URLSearchParams | undefined;
    for (let steps = 0; steps < 20; steps += 1) {
      const response: Response = await request(
        next,
        form === undefined ? {} : { method: 'POST', body: form },
      );
      const location = response.headers.get('location');
      if (location !== null) {
        const url = new URL(location, entra.origin);
        if (url.origin !== entra.origin) {
          return {
            answer: new URLSearchParams(url.hash.slice(1) || url.search),
            page: '',
            verifier,
          };
        }
        [next, form] = [location, undefined];
        continue;
      }
      const page = await response.text();
      const fields = await nextForm(entra, page, wish.oid);
      if (fields === undefined) return { answer: undefined, page, verifier };
      const context = /name="ctx" value="([^"]+)"/.exec(page)?.[1] ?? '';
      if (fields !== 'again') {
        [next, form] = [
          `/${entra.tenantId}/login`,
          new URLSearchParams({ ctx: context, ...fields }),
        ];
      }
    }
    throw new Error('The sign-in doesn’t come to an end.');
  };

  const signIn: Visitor['signIn'] = async (wish) => {
    const { answer, page, verifier } = await authorize(wish);
    const code = answer?.get('code');
    if (code === null || code === undefined) {
      throw new Error(answer?.get('error_description') ?? /AADSTS[^<]*/.exec(page)?.[0] ?? page);
    }
    const { redirectUri = defaultRedirectUri } = wish;
    const response = await requestTokens(entra, new URL(redirectUri).origin, {
      client_id: wish.clientId,
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_info: '1',
    });
    const body = (await response.json()) as Tokens & { error_description?: string };
    if (!response.ok) throw new Error(body.error_description);
    return body;
  };

  return { request, authorize, signIn, cookies };
}

/** A request to the token endpoint, as a page of this origin makes it. */
export function requestTokens(
  { origin, tenantId }: EntraAddress,
  pageOrigin: string | undefined,
  form: Record<string, string>,
): Promise<Response> {
  return fetch(`${origin}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: pageOrigin === undefined ? {} : { origin: pageOrigin },
  });
}

/** The claims of a token, unverified. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

/** What to fill in on a page; `again` after an approval; undefined where nothing more can be done. */
async function nextForm(
  entra: EntraAddress,
  page: string,
  oid: string,
): Promise<Record<string, string> | 'again' | undefined> {
  const heading = /<h1>([^<]*)<\/h1>/.exec(page)?.[1];
  if (heading === 'Sign in') return { action: 'person', oid };
  if (heading === 'Enter password') return { action: 'password', password: 'Gatehouse-demo-1' };
  if (heading === 'Stay signed in?') return { action: 'dontStay' };
  if (heading === 'Permissions requested') return { action: 'consent' };
  if (heading !== 'Approve sign in request') return undefined;
  await approve(entra, /aria-label="Number to enter"[^>]*>\s*(\d\d)/.exec(page)?.[1] ?? '', oid);
  return 'again';
}

async function approve({ origin }: EntraAddress, number: string, oid: string): Promise<void> {
  const phone = await (await fetch(`${origin}/authenticator?person=${oid}`)).text();
  const requests = [...phone.matchAll(/name="request" value="([^"]+)"/g)].map(([, id = '']) => id);
  const request = requests.at(-1) ?? '';
  const body = new URLSearchParams({ request, number, action: 'approve' });
  await fetch(`${origin}/authenticator`, { method: 'POST', body });
  // Someone whose phone always declines has nothing to approve: leave time for that.
  if (requests.length === 0) await new Promise((resolve) => void setTimeout(resolve, 100));
}
