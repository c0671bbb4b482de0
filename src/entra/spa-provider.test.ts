import { describe, expect, it } from 'vitest';
import { spaProvider } from '../contract/configuration.ts';
import { clouds } from './clouds.ts';
import { spaProviderOf } from './spa-provider.ts';

const registration = {
  tenantId: '0a1b2c3d-0000-4000-8000-00000000000a',
  clientId: '0a1b2c3d-0000-4000-8000-00000000000b',
  apiClientId: '0a1b2c3d-0000-4000-8000-00000000000c',
};

describe('spaProviderOf', () => {
  it.each(Object.entries(clouds))('knows the endpoints of the cloud %s', (_name, addresses) => {
    const provider = spaProvider.parse(spaProviderOf(registration, addresses));
    const tenant = `${addresses.loginUrl}/${registration.tenantId}`;
    expect(provider.authority).toBe(tenant);
    expect(JSON.parse(provider.authorityMetadata)).toEqual({
      issuer: `${tenant}/v2.0`,
      jwks_uri: `${tenant}/discovery/v2.0/keys`,
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${tenant}/oauth2/v2.0/token`,
      end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
    });
  });

  it('gives MSAL an https authority for a login address on this machine', () => {
    const addresses = { loginUrl: 'http://localhost:8081', graphUrl: 'http://localhost:8081' };
    const provider = spaProviderOf(registration, addresses);
    expect(provider.authority).toBe(`https://localhost:8081/${registration.tenantId}`);
    expect(provider.knownAuthority).toBe('localhost:8081');
    expect(provider.authorityMetadata).toContain('"http://localhost:8081/');
    expect(provider.apiScope).toBe(`api://${registration.apiClientId}/access_as_user`);
  });
});
