import type { FastifyInstance } from 'fastify';
import { problem, type Problem } from '../contract/problem.ts';
import {
  getVerification,
  type Verification,
  type VerificationCheck,
} from '../contract/provider-verification.ts';
import {
  listProviders,
  provider as providerSchema,
  type Provider,
} from '../contract/sign-in-providers.ts';
import { providerRemoval, type ProviderRemoval } from '../contract/provider-removal.ts';
import type { ResponseOf } from '../contract/endpoint.ts';
import { apiClientId, clientId, tenantId } from './token-issuer.ts';

export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | number | undefined>;
  readonly text: string;
  readonly body: unknown;
  /** Throws where it isn't a success. */
  readonly provider: () => Provider;
  readonly problem: () => Problem;
}

export type ProviderApi = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  request?: { readonly body?: object; readonly ifMatch?: string },
) => Promise<ProviderAnswer>;

/** The API under `/api/v1/providers`, as somebody with these headers uses it. */
export function providerApi(app: FastifyInstance, headers: Record<string, string>): ProviderApi {
  return async (method, path, { body: sent, ifMatch } = {}) => {
    const answer = await app.inject({
      method,
      url: `/api/v1/providers${path}`,
      headers: { ...headers, ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) },
      ...(sent === undefined ? {} : { payload: sent }),
    });
    const body: unknown = answer.body === '' ? null : JSON.parse(answer.body);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      body,
      provider() {
        if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${answer.body}`);
        return providerSchema.parse(body);
      },
      problem: () => problem.parse(body),
    };
  };
}

export const spaRegistration = {
  type: 'spa',
  name: 'Contoso',
  tenantId,
  clientId,
  apiClientId,
} as const;

export const webRegistration = {
  type: 'web',
  name: 'Contoso (web)',
  tenantId,
  multitenant: false,
  clientId,
  usesGroups: true,
} as const;

const day = 86_400_000;

export function secretInput(value = 'local-secret-one', days = 90) {
  const expiresAt = new Date(Date.now() + days * day).toISOString();
  return { kind: 'secret', value, expiresAt } as const;
}

/** The paths of the fields that were wrong. */
export function wrongFields(answer: ProviderAnswer): string[] {
  return (answer.problem().errors ?? []).map(({ path }) => path);
}

/** Such as `groups: The token names no groups…`. */
export function failures(checks: readonly VerificationCheck[]): string[] {
  return checks
    .filter(({ state }) => state === 'failed')
    .map(({ name, detail }) => `${name}: ${detail}`);
}

export async function listed(api: ProviderApi): Promise<ResponseOf<typeof listProviders>> {
  return listProviders.response.parse((await api('GET', '')).body);
}

/** Of an answer that has one. */
export function verificationOf({ body, text }: ProviderAnswer): Verification {
  const { verification } = getVerification.response.parse(body);
  if (verification === null) throw new Error(`no verification: ${text}`);
  return verification;
}

export async function removalOf(api: ProviderApi, id: string): Promise<ProviderRemoval> {
  return providerRemoval.parse((await api('GET', `/${id}/removal`)).body);
}
