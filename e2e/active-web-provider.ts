import { apiRoot } from '../src/contract/endpoint.ts';
import { provider as providerSchema, type Provider } from '../src/contract/sign-in-providers.ts';
import { clientIds, personIds, tenantId } from '../src/demo/directory.ts';
import { visit } from '../src/testing/entra-sign-in.ts';
import { createWebProvider } from './web-sign-in-world.ts';
import { apiAs } from './api.ts';
import type { World } from './world.ts';

/** The organization's web application, entered and verified by Ada without a browser. */
export async function activeWebProvider(world: World, { primary = false } = {}): Promise<Provider> {
  const { origin } = world.portal;
  const api = await apiAs(world, personIds.ada);
  const { id } = await createWebProvider(api);
  // The attempt is tied to a browser by a cookie: this one keeps it itself.
  const { access_token: token } = await visit(world.entra).signIn({
    oid: personIds.ada,
    clientId: clientIds.portal,
    redirectUri: `${origin}/redirect.html`,
  });
  const begun = await fetch(`${origin}${apiRoot}/providers/${id}/verification`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const { url } = (await begun.json()) as { url: string };
  const cookie = begun.headers.getSetCookie().map((line) => line.split(';')[0]);
  const parameters = Object.fromEntries(new URL(url).searchParams);
  const { answer, page } = await visit({ origin: world.entra.origin, tenantId }).authorize({
    oid: personIds.ada,
    clientId: clientIds.organizationSignIn,
    redirectUri: parameters['redirect_uri'] ?? '',
    parameters,
  });
  if (answer === undefined) throw new Error(page);
  await fetch(`${parameters['redirect_uri']}?${answer.toString()}`, {
    redirect: 'manual',
    headers: { cookie: cookie.join('; ') },
  });
  const provider = async () => providerSchema.parse((await api('GET', `/providers/${id}`)).body);
  const verified = await provider();
  if (verified.status !== 'active') throw new Error(`The provider is ${verified.status}.`);
  if (primary) await api('POST', `/providers/${id}/promotion`);
  return provider();
}
