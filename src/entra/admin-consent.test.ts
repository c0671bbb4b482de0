import { describe, expect, it } from 'vitest';
import { adminConsentUrl } from './admin-consent.ts';

const wish = {
  loginUrl: 'https://login.microsoftonline.com',
  tenantId: '0a1b2c3d-0000-4000-8000-00000000000a',
  clientId: '0a1b2c3d-0000-4000-8000-0000000000c1',
  scopes: ['openid', 'User.Read'],
  redirectUri: 'https://gatehouse.example/sign-in/callback',
};

describe('adminConsentUrl', () => {
  it('asks for everybody of the tenant, and leads back to the redirect URI', () => {
    const url = new URL(adminConsentUrl(wish));
    expect(url.origin + url.pathname).toBe(
      'https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-00000000000a/v2.0/adminconsent',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: wish.clientId,
      scope: 'openid User.Read',
      redirect_uri: wish.redirectUri,
      state: 'adminConsent',
    });
  });

  it('leaves the organization to whoever opens it where none is pinned', () => {
    const { pathname } = new URL(adminConsentUrl({ ...wish, tenantId: null }));
    expect(pathname).toBe('/organizations/v2.0/adminconsent');
  });
});
