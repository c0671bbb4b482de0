import type { Application } from '../demo/directory-types.ts';

export type Platform = 'spa' | 'web';

/**
 * The platform that a redirect URI is registered for. The match is exact and case-sensitive, but for
 * the port of `http://localhost`, which Entra ignores (RFC 8252, section 7.3); an exact match wins.
 */
export function platformOf(application: Application, uri: string): Platform | undefined {
  const { spa, web } = application.redirectUris;
  const matches = (registered: string[], form: (uri: string) => string): boolean =>
    registered.some((each) => form(each) === form(uri));
  if (matches(spa, String)) return 'spa';
  if (matches(web, String)) return 'web';
  if (matches(spa, withoutLocalPort)) return 'spa';
  return matches(web, withoutLocalPort) ? 'web' : undefined;
}

/** May a page of this origin redeem the application's refresh tokens? */
export function isSpaOrigin(application: Application, origin: string): boolean {
  return application.redirectUris.spa.some(
    (uri) => withoutLocalPort(new URL(uri).origin) === withoutLocalPort(origin),
  );
}

/** May a person be sent here after signing out? Sign-out names no client, so any will do. */
export function isPostLogoutUri(applications: Application[], uri: string): boolean {
  return applications.some((application) => platformOf(application, uri) !== undefined);
}

function withoutLocalPort(uri: string): string {
  return uri.replace(/^http:\/\/localhost:\d+(?=\/|$)/, 'http://localhost');
}
