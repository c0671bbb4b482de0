import { randomUUID } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { providerCredentials, signInProviders } from '../portal/storage/provider-schema.ts';
import type { SecretBox } from '../portal/storage/secret-box.ts';
import {
  groupId,
  noLimits,
  oneGroupEach,
  publicUrl,
  startBarePortal,
  type BarePortal,
  type BarePortalOptions,
} from './bare-portal.ts';
import {
  clientSecret,
  startMisbehavingProvider,
  type MisbehavingProvider,
} from './misbehaving-provider.ts';
import type { TestDatabase } from './test-database.ts';
import { testSecrets } from './test-secrets.ts';
import { clientId, tenantId } from './token-issuer.ts';

/** Groups of portal access in every such portal. */
export const webGroups = { admin: groupId(1), securityAnalyst: groupId(2), readOnly: groupId(3) };

/** The real portal with a web-application provider that is active already. */
export interface WebPortal extends BarePortal {
  readonly provider: MisbehavingProvider;
  readonly providerId: string;
  readonly secrets: SecretBox;
  /** A browser of its own, at this instance or at another one; with these cookies, or none. */
  readonly browser: (app?: FastifyInstance, cookies?: ReadonlyMap<string, string>) => WebBrowser;
}

/** Keeps cookies as a browser does, as far as their names and ends go. */
export interface WebBrowser {
  readonly cookies: Map<string, string>;
  readonly call: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Record<string, string> },
  ) => Promise<LightMyRequestResponse>;
  /** Begins a sign-in: the address to go to. */
  readonly begin: (body?: Record<string, unknown>) => Promise<URL>;
  /** Through the provider, to the address that it sends the browser back to. */
  readonly arrive: (url: URL) => Promise<URL>;
  /** What the portal answers there: where it leads on to. */
  readonly answer: (callback: URL) => Promise<string>;
  readonly signIn: (body?: Record<string, unknown>) => Promise<string>;
  readonly me: () => Promise<LightMyRequestResponse>;
}

export async function startWebPortal(options: BarePortalOptions = {}): Promise<WebPortal> {
  const secrets = options.secrets ?? testSecrets();
  const provider = await startMisbehavingProvider();
  const { loginUrl } = provider;
  const portal = await startBarePortal({
    provider: false,
    limits: noLimits,
    ...options,
    loginUrl,
    secrets,
  });
  await portal.setPortalAccess(oneGroupEach(webGroups));
  const providerId = await insertWebProvider(portal.database, secrets);
  return {
    ...portal,
    provider,
    providerId,
    secrets,
    browser: (app = portal.app, had) => browserAt(app, providerId, had),
    async close() {
      await portal.close();
      await provider.close();
    },
  };
}

/** An active web application, as its verification leaves it. */
export async function insertWebProvider(
  { db }: Pick<TestDatabase, 'db'>,
  secrets: SecretBox,
  options: {
    readonly usesGroups?: boolean;
    readonly isPrimary?: boolean;
    readonly secret?: string;
    readonly tenantId?: string;
    readonly clientId?: string;
  } = {},
): Promise<string> {
  const { isPrimary = true, secret = clientSecret } = options;
  const [id, credentialId] = [randomUUID(), randomUUID()];
  const createdBy = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
  const verified = {
    type: 'web',
    name: 'Contoso',
    tenantId: options.tenantId ?? tenantId,
    multitenant: false,
    clientId: options.clientId ?? clientId,
    usesGroups: options.usesGroups ?? true,
  } as const;
  await db
    .insert(signInProviders)
    .values({ id, type: 'web', status: 'active', isPrimary, verified, createdBy });
  await db.insert(providerCredentials).values({
    id: credentialId,
    providerId: id,
    kind: 'secret',
    status: 'current',
    sealed: secrets.seal(secret, `credential ${credentialId}`),
    hint: 'the',
    createdBy,
  });
  return id;
}

/** A browser at an instance of the portal. */
export function browserAt(
  app: FastifyInstance,
  providerId: string,
  had: ReadonlyMap<string, string> = new Map(),
): WebBrowser {
  const cookies = new Map(had);

  const send: WebBrowser['call'] = async (method, url, { body, headers = {} } = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await app.inject({
      method,
      url,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(method === 'GET' ? {} : { origin: publicUrl }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as Record<string, unknown> }),
    });
    for (const { name, value, maxAge, expires } of answer.cookies) {
      const gone = maxAge === 0 || (expires !== undefined && expires.getTime() === 0);
      if (gone) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const call: WebBrowser['call'] = (method, path, options) =>
    send(method, `/api/v1${path}`, options);

  const begin: WebBrowser['begin'] = async (body = {}) => {
    const wish = { providerId, returnTo: '/overview', ...body };
    const answer = await call('POST', '/sign-in', { body: wish });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return new URL(answer.json<{ url: string }>().url);
  };
  const arrive: WebBrowser['arrive'] = async (url) => {
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  };
  const answer: WebBrowser['answer'] = async (callback) => {
    const came = await send('GET', `${callback.pathname}${callback.search}`);
    if (came.statusCode !== 303) throw new Error(`${came.statusCode}: ${came.body}`);
    return String(came.headers.location);
  };
  return {
    cookies,
    call,
    begin,
    arrive,
    answer,
    signIn: async (body) => answer(await arrive(await begin(body))),
    me: () => call('GET', '/me'),
  };
}
