import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageConfiguration } from '../../contract/configuration.ts';
import { webSignInScopes } from '../../domain/web-sign-in.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { startWebPortal, type WebPortal } from '../../testing/web-portal.ts';

let portal: WebPortal;
beforeAll(async () => {
  portal = await startWebPortal();
});
afterAll(() => portal.close());

async function callback(query: string): Promise<unknown> {
  const answer = await portal.app.inject({ url: `/sign-in/callback?${query}` });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers['set-cookie']).toBeUndefined();
  return answer.headers.location;
}

describe('the admin-consent link', () => {
  it('is told to the page, and leads back to the redirect URI', async () => {
    const answer = await portal.app.inject({ url: '/api/v1/configuration' });
    const { providers } = pageConfiguration.parse(answer.json());
    const url = new URL(providers.find(({ type }) => type === 'web')?.adminConsentUrl ?? '');
    expect(url.pathname).toMatch(/\/v2\.0\/adminconsent$/u);
    expect(url.searchParams.get('redirect_uri')).toBe(`${publicUrl}/sign-in/callback`);
    expect(url.searchParams.get('scope')?.split(' ')).toEqual([
      ...webSignInScopes,
      'GroupMember.Read.All',
    ]);
    expect(url.searchParams.get('state')).toBe('adminConsent');
  });

  it('ends on a page that says so, and signs nobody in', async () => {
    const given = 'admin_consent=True&tenant=0a1b2c3d-0000-4000-8000-00000000000a';
    expect(await callback(`${given}&state=adminConsent`)).toBe('/sign-in/consented');
  });

  it('ends on the page of a refusal where it was refused', async () => {
    expect(await callback('error=access_denied&state=adminConsent')).toContain(
      '/sign-in/failed#code=provider_refused',
    );
  });

  it('makes no way for a code: that needs an attempt of the browser', async () => {
    expect(await callback('code=stolen&state=adminConsent')).toContain('code=sign_in_unknown');
  });
});
