// A browser without a screen: follows redirects, keeps cookies, fills in local Entra's forms.
import { once } from 'node:events';
import { request } from 'node:http';
import { demoPassword } from '../dist/demo/directory.js';

/**
 * Opens `url` as a person of local Entra and signs in on the way. Resolves with the cookies of that
 * address, as a `Cookie` header, once it answers 200 with a page that `isThere` knows.
 */
export async function signInByForms(url, { entra, oid, isThere }) {
  const jars = new Map();
  let next = url;
  let form = null;
  for (let steps = 0; steps < 25; steps += 1) {
    const { status, location, body } = await visit(next, form, jars);
    form = null;
    if (location !== undefined) {
      next = new URL(location, next).href;
      continue;
    }
    if (status === 200 && isThere(body)) return cookiesOf(jars, url);
    const fields = filledIn(body, oid);
    if (fields === undefined) throw new Error(`${next} answered ${status}: ${body.slice(0, 500)}`);
    form = { ctx: /name="ctx" value="([^"]+)"/.exec(body)?.[1] ?? '', ...fields };
    next = `${entra.origin}/${entra.tenantId}/login`;
  }
  throw new Error(`The sign-in at ${url} doesn't come to an end.`);
}

/** What to fill in on a page of local Entra; undefined: it is none of those. */
function filledIn(page, oid) {
  const heading = /<h1>([^<]*)<\/h1>/.exec(page)?.[1] ?? '';
  return {
    'Sign in': { action: 'person', oid },
    'Enter password': { action: 'password', password: demoPassword },
    'Stay signed in?': { action: 'dontStay' },
    'Permissions requested': { action: 'consent' },
  }[heading];
}

// Not fetch: it says `Sec-Fetch-Mode: cors`, and mod_auth_openidc sends no script to a sign-in page.
async function visit(url, form, jars) {
  const body = form === null ? undefined : new URLSearchParams(form).toString();
  const headers = {
    accept: 'text/html',
    cookie: cookiesOf(jars, url),
    ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  keepCookies(jars, url, response.headers['set-cookie'] ?? []);
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, location: response.headers.location, body: text };
}

function keepCookies(jars, url, lines) {
  const { host } = new URL(url);
  const jar = jars.get(host) ?? new Map();
  jars.set(host, jar);
  for (const line of lines) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || value === undefined) jar.delete(name);
    else jar.set(name, value);
  }
}

function cookiesOf(jars, url) {
  const jar = jars.get(new URL(url).host) ?? new Map();
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
