import { clientIds, demoDirectory, groupIds } from '../demo/directory.ts';
import type { Directory } from '../demo/directory-types.ts';
import { startLocalEntra, type LocalEntra } from '../local-entra/app.ts';
import { verification as verificationSchema } from '../contract/provider-verification.ts';
import type { Provider } from '../contract/sign-in-providers.ts';
import { bearer, cookieOf, publicUrl, startBarePortal, type BarePortal } from './bare-portal.ts';
import { visit, type Visitor } from './entra-sign-in.ts';
import { providerApi, secretInput, type ProviderApi } from './provider-api.ts';

export const goodSecret = 'local-entra-secret-that-is-valid';
export const expiredSecret = 'local-entra-secret-that-expired';

/** The organization's multitenant registration at local Entra. */
export const organizationSignIn = {
  type: 'web',
  name: 'Contoso Plants',
  tenantId: null,
  multitenant: true,
  clientId: clientIds.organizationSignIn,
  usesGroups: true,
} as const;

export interface WebProviderPortal {
  readonly portal: BarePortal;
  readonly entra: LocalEntra;
  readonly recovery: ProviderApi;
  /** As somebody who came in by the environment's single-page provider. */
  readonly as: (oid: string) => Promise<ProviderApi>;
  readonly begin: (api: ProviderApi, providerId: string, credentialId?: string) => Promise<Begun>;
  /** Signs in as somebody, and lets the portal have what comes back. */
  readonly finish: (begun: Attempt, oid: string, visitor?: Visitor) => Promise<string>;
  /** The same for a sign-in: the cookie of the session that it opens. */
  readonly answer: (begun: Attempt, oid: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface Attempt {
  readonly url: string;
  /** Of the browser that began it. */
  readonly cookie: string;
}

export interface Begun extends Attempt {
  readonly verificationId: string;
}

export interface WebProviderPortalOptions {
  readonly now?: () => Date;
  readonly directory?: Directory;
  /** False: there is no provider in the environment. */
  readonly environment?: boolean;
}

/** A portal before local Entra, with its provider in the environment and Admin groups. */
export async function startWebProviderPortal({
  now,
  directory = demoDirectory(),
  environment = true,
}: WebProviderPortalOptions = {}): Promise<WebProviderPortal> {
  const entra = await startLocalEntra({ port: 0, directory });
  const portal = await startBarePortal({
    provider: false,
    loginUrl: entra.origin,
    graphUrl: `${entra.origin}/graph`,
    env: environment
      ? {
          GATEHOUSE_ENTRA_TENANT_ID: entra.tenantId,
          GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
        }
      : {},
    ...(now === undefined ? {} : { now }),
  });
  const list = (id: string) => [{ id, displayName: null }];
  await portal.setPortalAccess({
    admin: list(groupIds.administrators),
    securityAnalyst: list(groupIds.securityAnalysts),
    readOnly: list(groupIds.readers),
  });
  async function callback({ url, cookie }: Attempt, oid: string, visitor?: Visitor) {
    const { pathname, searchParams } = new URL(url);
    const parameters = Object.fromEntries(searchParams);
    const tenantId = pathname.split('/')[1] ?? '';
    const browser = visitor ?? visit({ origin: entra.origin, tenantId });
    const { client_id: clientId = '', redirect_uri: redirectUri = '' } = parameters;
    const wish = { oid, clientId, redirectUri, parameters };
    const { answer, page } = await browser.authorize(wish);
    if (answer === undefined) throw new Error(/AADSTS[^<]*/u.exec(page)?.[0] ?? page);
    return portal.app.inject({
      url: `/sign-in/callback?${answer.toString()}`,
      headers: { cookie, host: new URL(publicUrl).host },
    });
  }
  return {
    portal,
    entra,
    recovery: providerApi(portal.app, await portal.recover()),
    async as(oid) {
      const { access_token } = await visit(entra).signIn({ oid, clientId: clientIds.portal });
      return providerApi(portal.app, bearer(access_token));
    },
    async begin(api, providerId, credentialId) {
      const body = credentialId === undefined ? {} : { credentialId };
      const answer = await api('POST', `/${providerId}/verification`, { body });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
      const { url, verification } = answer.body as { url: string; verification: unknown };
      const cookie = cookieOf([answer.headers['set-cookie']].flat().map(String));
      return { url, cookie, verificationId: verificationSchema.parse(verification).id };
    },
    finish: async (...asked) => String((await callback(...asked)).headers.location),
    async answer(begun, oid) {
      const cookies = [(await callback(begun, oid)).headers['set-cookie']].flat().map(cookieOf);
      return cookies.find((cookie) => cookie.startsWith('__Host-gatehouse-session=')) ?? '';
    },
    async close() {
      await portal.close();
      await entra.close();
    },
  };
}

/** Enters the organization's registration with a secret. */
export async function enterOrganization(
  api: ProviderApi,
  changes: object = {},
  secret = goodSecret,
): Promise<Provider> {
  const registration = { ...organizationSignIn, ...changes };
  const body = { registration, credential: secretInput(secret) };
  return (await api('POST', '', { body })).provider();
}
