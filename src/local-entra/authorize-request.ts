import { AadstsError } from './aadsts.ts';
import { readClaimsRequest } from './claims-request.ts';
import { platformOf } from './redirect-uris.ts';
import { readScopes } from './scopes.ts';
import type { Application, Organization } from '../demo/directory-types.ts';
import type { ClaimsRequest } from './claims-request.ts';
import type { Parameters } from './parameters.ts';
import type { People } from './people.ts';
import type { Platform } from './redirect-uris.ts';
import type { RequestedScopes } from './scopes.ts';

export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Where the answer to an authorization request goes. Only one that is known good gets an answer. */
export interface ReturnAddress {
  application: Application;
  /** The tenant that the client named; undefined on `common` and `organizations`. */
  organization: Organization | undefined;
  redirectUri: string;
  platform: Platform;
  responseMode: ResponseMode;
  state: string | undefined;
}

export interface AuthorizeRequest extends ReturnAddress {
  /** What the application gets: a code, or just word that an administrator consented. */
  outcome: 'code' | 'adminConsent';
  scopes: RequestedScopes;
  claims: ClaimsRequest;
  nonce: string | undefined;
  prompt: string | undefined;
  loginHint: string | undefined;
  sid: string | undefined;
  /** Seconds. */
  maxAge: number | undefined;
  challenge: { value: string; method: 'S256' | 'plain' } | undefined;
  correlationId: string;
}

const prompts = new Set(['none', 'login', 'select_account', 'consent', 'admin_consent', 'create']);

/** Throws 7000112, and what keeps a single-tenant application to its own tenant: 50194 and 700016. */
export function checkAudience(
  people: People,
  organization: Organization | undefined,
  application: Application,
): void {
  const { clientId, displayName } = application;
  const details = { clientId, application: displayName };
  if (application.multitenant !== true && organization?.tenant.id !== people.directory.tenant.id) {
    if (organization === undefined) throw new AadstsError(50194, details);
    throw notFound(people, organization, clientId);
  }
  if (application.disabled === true) throw new AadstsError(7000112, details);
}

/** The tenant asked doesn't know the application. */
export function notFound(
  { directory }: People,
  organization: Organization | undefined,
  clientId: string,
): AadstsError {
  return new AadstsError(700016, { clientId, tenant: (organization ?? directory).tenant.name });
}

/** The application and its redirect URI. What fails here is shown on a page, never sent to the URI. */
export function readReturnAddress(
  people: People,
  organization: Organization | undefined,
  sent: Parameters,
): ReturnAddress {
  const clientId = required(sent, 'client_id');
  const application = people.application(clientId);
  if (application === undefined) throw notFound(people, organization, clientId);
  const details = { clientId, application: application.displayName };
  checkAudience(people, organization, application);
  const redirectUri = required(sent, 'redirect_uri');
  const platform = platformOf(application, redirectUri);
  if (platform === undefined) throw new AadstsError(50011, { ...details, redirectUri });
  const responseMode = readResponseMode(sent.get('response_mode') ?? 'query');
  const state = sent.get('state');
  return { application, organization, redirectUri, platform, responseMode, state };
}

/** The rest of the request. What fails here is answered to the redirect URI. */
export function readAuthorizeRequest(
  people: People,
  address: ReturnAddress,
  sent: Parameters,
  correlationId: string,
): AuthorizeRequest {
  const responseType = required(sent, 'response_type');
  if (responseType !== 'code') throw new AadstsError(700054, { responseType });
  const prompt = sent.get('prompt');
  if (prompt !== undefined && !prompts.has(prompt)) throw notSupported('prompt');
  const challenge = readChallenge(sent);
  if (address.platform === 'spa' && challenge === undefined) throw new AadstsError(9002325);
  return {
    ...address,
    outcome: 'code',
    scopes: readScopes(people, address.application, sent.get('scope'), 'first'),
    claims: readClaimsRequest(sent.get('claims')),
    nonce: sent.get('nonce'),
    prompt,
    loginHint: sent.get('login_hint'),
    sid: sent.get('sid'),
    maxAge: readMaxAge(sent.get('max_age')),
    challenge,
    correlationId,
  };
}

function readResponseMode(mode: string): ResponseMode {
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode;
  throw notSupported('response_mode');
}

function readChallenge(sent: Parameters): AuthorizeRequest['challenge'] {
  const value = sent.get('code_challenge');
  if (value === undefined) return undefined;
  const method = sent.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') throw notSupported('code_challenge_method');
  if (!/^[\w.~-]{43,128}$/.test(value)) throw notSupported('code_challenge');
  return { value, method };
}

function readMaxAge(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw notSupported('max_age');
  return Number(text);
}

export function required(sent: Parameters, parameter: string): string {
  const value = sent.get(parameter);
  if (value === undefined) throw new AadstsError(900144, { parameter });
  return value;
}

function notSupported(parameter: string): AadstsError {
  return new AadstsError(901002, { parameter });
}
