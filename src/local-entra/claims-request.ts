import { AadstsError } from './aadsts.ts';

/** What the `claims` parameter may ask of tokens (OpenID Connect Core 5.5). */
export interface ClaimsRequest {
  /** Authentication contexts that the tokens must be good for, such as `c1`. */
  contexts: string[];
  /** Those among them that the id token is to say. */
  idTokenContexts: string[];
  /** Capabilities that the client declares, such as `cp1`. */
  capabilities: string[];
}

/** Reads the parts of `claims` that Entra acts upon, and passes over the others. */
export function readClaimsRequest(claims: string | undefined): ClaimsRequest {
  if (claims === undefined) return { contexts: [], idTokenContexts: [], capabilities: [] };
  const asked = record(parse(claims));
  const accessToken = record(asked['access_token']);
  const idTokenContexts = contextsOf(record(asked['id_token']));
  return {
    contexts: [...new Set([...contextsOf(accessToken), ...idTokenContexts])],
    idTokenContexts,
    capabilities: valuesOf(accessToken['xms_cc']).map((value) => value.toLowerCase()),
  };
}

function contextsOf(token: Record<string, unknown>): string[] {
  return valuesOf(token['acrs']).filter((value) => /^c[1-9]\d?$/.test(value));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AadstsError(901002, { parameter: 'claims' });
  }
}

function valuesOf(requested: unknown): string[] {
  const { value, values } = record(requested);
  return [value, ...(Array.isArray(values) ? values : [])].filter(
    (each) => typeof each === 'string',
  );
}

function record(value: unknown): Record<string, unknown> & { value?: unknown; values?: unknown } {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
