import { describe, expect, it } from 'vitest';
import { demoDirectory } from '../demo/directory.ts';
import { isPostLogoutUri, isSpaOrigin, platformOf } from './redirect-uris.ts';

const directory = demoDirectory({
  spaRedirectUris: ['http://localhost:8080/redirect.html', 'https://gate.example/redirect.html'],
});
const [portal, , organization] = directory.applications;
if (portal === undefined || organization === undefined)
  throw new Error('The demo lost a registration.');

describe('redirect URIs', () => {
  it.each([
    ['http://localhost:8080/redirect.html', 'spa'],
    ['http://localhost:49152/redirect.html', 'spa'],
    ['http://localhost/redirect.html', 'spa'],
    ['https://gate.example/redirect.html', 'spa'],
    ['https://gate.example:8443/redirect.html', undefined],
    ['http://localhost:8080/Redirect.html', undefined],
    ['http://localhost:8080/redirect.html?x=1', undefined],
    ['http://localhost.evil.example/redirect.html', undefined],
    ['http://localhost:8080@evil.example/redirect.html', undefined],
    ['javascript:alert(1)', undefined],
  ])('%s is of platform %s', (uri, platform) => {
    expect(platformOf(portal, uri)).toBe(platform);
  });

  it('tell a server’s address from a page’s', () => {
    const uri = 'http://localhost:9000/sign-in/callback';
    expect(platformOf(organization, uri)).toBe('web');
    expect(isPostLogoutUri(directory.applications, uri)).toBe(true);
    expect(isPostLogoutUri(directory.applications, 'https://evil.example/')).toBe(false);
  });

  it('give the origins that may redeem a page’s tokens', () => {
    expect(isSpaOrigin(portal, 'http://localhost:5173')).toBe(true);
    expect(isSpaOrigin(portal, 'https://evil.example')).toBe(false);
    expect(isSpaOrigin(portal, 'null')).toBe(false);
    expect(isSpaOrigin(organization, 'http://localhost:8080')).toBe(false);
  });
});
