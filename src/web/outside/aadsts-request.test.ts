import { describe, expect, it } from 'vitest';
import { aadstsExplanations, explainAadsts } from '../../domain/aadsts.ts';
import { aadstsRequest } from './aadsts-request.ts';

const uris = { spa: 'https://gate.example/redirect.html', web: 'https://gate.example/callback' };

const consentLink = 'https://login.example/tenant/v2.0/adminconsent?client_id=one';

function request(
  code: number,
  web: string | null = uris.web,
  link: string | null = consentLink,
): string {
  const explained = explainAadsts(code);
  return explained === null ? '' : aadstsRequest(explained, { ...uris, web }, link);
}

describe('aadstsRequest', () => {
  it('can be sent as it is, for every code', () => {
    for (const code of Object.keys(aadstsExplanations).map(Number)) {
      expect(request(code)).toContain(`AADSTS${code}: `);
    }
  });

  it('names the addresses to register, those of the surface', () => {
    expect(request(50_011)).toContain(uris.spa);
    expect(request(50_011)).toContain(uris.web);
    expect(request(50_011, null)).not.toContain('platform Web (');
    expect(request(50_105)).not.toContain(uris.spa);
  });

  it('carries the admin-consent link where that mends it, and is known', () => {
    for (const code of [65_001, 90_094]) {
      expect(request(code)).toContain(consentLink);
      expect(request(code, null, null)).not.toContain('link:');
    }
    expect(request(50_105)).not.toContain(consentLink);
  });

  it('says who can mend it, unless it is oneself', () => {
    expect(request(50_105)).toContain('by an administrator of Entra ID:');
    expect(request(50_126)).not.toContain('mended by');
  });
});
