/** The endpoints of one tenant at one login address, version 2. */
export interface Authority {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUrl: string;
  readonly endSessionEndpoint: string;
}

/** `loginUrl` is an origin, such as `https://login.microsoftonline.com`. */
export function authorityOf(loginUrl: string, tenantId: string): Authority {
  const tenant = `${loginUrl.replace(/\/+$/u, '')}/${tenantId}`;
  return {
    issuer: `${tenant}/v2.0`,
    authorizationEndpoint: `${tenant}/oauth2/v2.0/authorize`,
    tokenEndpoint: `${tenant}/oauth2/v2.0/token`,
    jwksUrl: `${tenant}/discovery/v2.0/keys`,
    endSessionEndpoint: `${tenant}/oauth2/v2.0/logout`,
  };
}
