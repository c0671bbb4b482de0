import { AadstsError } from './aadsts.ts';
import type { Application } from '../demo/directory-types.ts';
import type { People } from './people.ts';

export const graphAudience = 'https://graph.microsoft.com';

export const openIdScopes: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
]);

/** Scopes of Graph that local Entra knows, and whether a person may consent to them alone. */
const graphScopes = new Map([
  ['User.Read', { personMayConsent: true }],
  ['User.ReadBasic.All', { personMayConsent: true }],
  ['User.Read.All', { personMayConsent: false }],
  ['GroupMember.Read.All', { personMayConsent: false }],
  ['Group.Read.All', { personMayConsent: false }],
  ['Directory.Read.All', { personMayConsent: false }],
]);

/** What a request asks for: OpenID scopes, and scopes of the one resource that its token is for. */
export interface RequestedScopes {
  openId: string[];
  resource: { kind: 'graph' } | { kind: 'api'; application: Application };
  /** Names alone, without their resource; `.default` is resolved. */
  scopes: string[];
  /** How the client wrote the resource, such as `api://<clientId>/`; empty for short Graph names. */
  prefix: string;
}

/**
 * Reads the `scope` parameter. An authorization request may name several resources, of which the
 * first counts; a token request may not.
 */
export function readScopes(
  people: People,
  client: Application,
  scope: string | undefined,
  several: 'first' | 'refuse',
): RequestedScopes {
  if (scope === undefined) throw new AadstsError(900144, { parameter: 'scope' });
  const names = [...new Set(scope.split(' ').filter((name) => name !== ''))];
  const openId = names.filter((name) => openIdScopes.has(name));
  const rest = names.filter((name) => !openIdScopes.has(name)).map(splitScope);
  const prefix = rest[0]?.prefix ?? '';
  if (several === 'refuse' && rest.some((each) => each.prefix !== prefix)) {
    throw new AadstsError(28000, { scope });
  }
  const asked = rest.filter((each) => each.prefix === prefix).map(({ name }) => name);
  if (isGraph(prefix)) {
    const unknown = asked.find((name) => name !== '.default' && !graphScopes.has(name));
    if (unknown !== undefined) throw new AadstsError(70011, { scope: unknown });
    const scopes = asked.flatMap((name) =>
      name === '.default' ? client.consentedGraphScopes : name,
    );
    return { openId, resource: { kind: 'graph' }, scopes, prefix };
  }
  const application = apiOf(people, client, prefix);
  const scopes = asked.flatMap((name) => (name === '.default' ? application.exposedScopes : name));
  for (const name of scopes) {
    if (!application.exposedScopes.includes(name)) {
      const details = {
        application: client.displayName,
        scope: name,
        resource: application.clientId,
      };
      throw new AadstsError(650053, details);
    }
  }
  return { openId, resource: { kind: 'api', application }, scopes, prefix };
}

/** Scopes asked for that nobody has consented to yet, in the two kinds there are. */
export function consentNeeded(
  { resource, scopes, openId }: RequestedScopes,
  consented: ReadonlySet<string>,
): { byPerson: string[]; byAdministrator: string[] } {
  const asked = resource.kind === 'api' ? openId : [...openId, ...scopes];
  const missing = asked.filter((name) => !consented.has(name));
  const personMay = (name: string): boolean =>
    openIdScopes.has(name) || graphScopes.get(name)?.personMayConsent === true;
  return {
    byPerson: missing.filter(personMay),
    byAdministrator: missing.filter((name) => !personMay(name)),
  };
}

/** The `scope` parameter that asks for the same again. */
export function writeScopes({ openId, scopes, prefix }: RequestedScopes): string {
  return [...openId, ...scopes.map((name) => prefix + name)].join(' ');
}

/** A token carries everything consented to at its resource, not just what was asked for. */
export function grantedScopes(
  { resource, scopes, openId }: RequestedScopes,
  consented: ReadonlySet<string>,
): string[] {
  if (resource.kind === 'api') return scopes;
  const visible = openId.filter((name) => name !== 'offline_access');
  const graph = [...consented].filter((name) => !openIdScopes.has(name));
  return [...visible, ...graph];
}

function splitScope(scope: string): { prefix: string; name: string } {
  const end = scope.lastIndexOf('/') + 1;
  return { prefix: scope.slice(0, end), name: scope.slice(end) };
}

function isGraph(prefix: string): boolean {
  return (
    prefix === '' ||
    /^https:\/\/(?:graph\.microsoft\.(?:com|us)|microsoftgraph\.chinacloudapi\.cn)\/$/.test(prefix)
  );
}

function apiOf(people: People, client: Application, prefix: string): Application {
  const name = prefix.replace(/^api:\/\//, '').replace(/\/+$/, '');
  const application = people.application(name);
  const { tenant } = people.directory;
  if (application === undefined) {
    throw new AadstsError(500011, { resource: prefix.replace(/\/$/, ''), tenant: tenant.name });
  }
  const own = application.clientId === client.clientId;
  if (!own && application.preAuthorizedClients?.includes(client.clientId) !== true) {
    const details = { clientId: client.clientId, application: client.displayName, resource: name };
    throw new AadstsError(650057, details);
  }
  return application;
}
